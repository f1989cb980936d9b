package dev.fantasticfour.world.api;

/**
 * The run that a signal went to.
 *
 * @param run that has the signal
 * @param isNew whether it was started for it by this call
 */
public record Signalled<T>(Run<T> run, boolean isNew) {}
