/**
 * Where ids, threads, pauses and deadlines come from: the only room of the engine, besides
 * dispatch, that asks a clock, draws random numbers or makes threads, so that everything else can
 * be run by a test as it likes.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.time;

import org.jspecify.annotations.NullMarked;
