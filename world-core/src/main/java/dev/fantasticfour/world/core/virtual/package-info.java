/**
 * A machine in virtual time: threads that go on one at a time, in an order that follows from what
 * they do, and a clock that nobody but the timeline moves. The simulations of the engine live on
 * it, and so do the tests of applications; transcripts take its clocks and threads, and draw what
 * happens next themselves.
 */
@NullMarked
package dev.fantasticfour.world.core.virtual;

import org.jspecify.annotations.NullMarked;
