package dev.fantasticfour.world.bench.subject;

/**
 * What a run of a chain hands to the next one.
 *
 * @param left how many hand-overs are still to be made
 * @param made how many were made
 */
public record Baton(int left, int made) {}
