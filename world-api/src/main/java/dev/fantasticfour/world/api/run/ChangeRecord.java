package dev.fantasticfour.world.api.run;

/**
 * How a run goes where its code was changed.
 *
 * @param changeId names the change
 * @param taken whether it goes the new way
 * @param position of the event that says so
 */
public record ChangeRecord(RunId run, String changeId, boolean taken, long position) {}
