/**
 * The compatibility kit: what every adapter must do, as tests that an adapter's author can run.
 *
 * <p>Extend {@link dev.fantasticfour.world.tck.StorageTck}, {@link
 * dev.fantasticfour.world.tck.QueueTck} or {@link dev.fantasticfour.world.tck.StreamerTck} with
 * about ten lines that say how to open the adapter ({@link dev.fantasticfour.world.tck.Harness}),
 * and run it as any JUnit test.
 *
 * <p>When a test fails, its message begins with the ids of the rules it stands for ({@link
 * dev.fantasticfour.world.tck.Rule}). When a chapter of the storage kit fails at many places at
 * once, look at the matrix first: it names each state, event and authority where the adapter and
 * the rules of World part. The in-memory world ({@code dev.fantasticfour.world.core.memory}) is the
 * same behaviour in a form that can be read.
 */
@NullMarked
package dev.fantasticfour.world.tck;

import org.jspecify.annotations.NullMarked;
