/**
 * The turns of one run: {@link dev.fantasticfour.world.core.engine.turn.Turns} takes the signals
 * that have come, tells the program of what they mean, appends what it wants recorded in one batch,
 * and starts bodies when what they depend on is committed. Whatever it does to the world goes
 * through {@link dev.fantasticfour.world.core.engine.turn.Effects}. For one thread at a time.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.turn;

import org.jspecify.annotations.NullMarked;
