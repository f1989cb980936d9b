/**
 * How a log is told again: in which order its events reach the code (law L1, design "Turn"), what
 * the code must ask for at each place (law L6), and the identities that follow from the place
 * alone. Pure: functions of events.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.replay;

import org.jspecify.annotations.NullMarked;
