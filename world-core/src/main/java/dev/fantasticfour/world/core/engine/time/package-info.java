/**
 * Where ids, threads, pauses and deadlines come from: a {@link
 * dev.fantasticfour.world.core.engine.time.Machine} alone has clocks, chance and threads, so that
 * everything else can be run by a test as it likes.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.time;

import org.jspecify.annotations.NullMarked;
