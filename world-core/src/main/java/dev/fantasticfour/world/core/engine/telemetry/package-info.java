/**
 * Where the engine says what it does: decorators before the ports ({@link
 * dev.fantasticfour.world.core.engine.telemetry.ObservedStorage} and its like), what a run says of
 * itself ({@link dev.fantasticfour.world.core.engine.telemetry.RunTelemetry}), and what stands
 * beside each line of the log ({@link dev.fantasticfour.world.core.engine.telemetry.LogContext}).
 * Everybody in the engine may call in; it calls {@link dev.fantasticfour.world.core.observe} and
 * the ports. Without an observer the decorators are not there, and a run says nothing.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.telemetry;

import org.jspecify.annotations.NullMarked;
