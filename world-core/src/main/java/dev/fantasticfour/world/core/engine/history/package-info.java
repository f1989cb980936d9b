/**
 * What a log says: in which order its events reach the code when it is told again (law L1, design
 * "Turn"), what the code must ask for at each place (law L6), and the identities that follow from
 * the place alone. Pure: functions of events.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.history;

import org.jspecify.annotations.NullMarked;
