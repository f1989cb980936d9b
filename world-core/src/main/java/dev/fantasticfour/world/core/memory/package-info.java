/**
 * The in-memory world: {@link dev.fantasticfour.world.core.memory.MemoryStorage}, {@link
 * dev.fantasticfour.world.core.memory.MemoryQueue} and {@link
 * dev.fantasticfour.world.core.memory.MemoryStreamer}. One lock, plain collections, every rule
 * visible: what an adapter has to do, in a form that can be read and run. Tests of the engine, the
 * kit and applications use it. It keeps nothing beyond the process.
 */
@NullMarked
package dev.fantasticfour.world.core.memory;

import org.jspecify.annotations.NullMarked;
