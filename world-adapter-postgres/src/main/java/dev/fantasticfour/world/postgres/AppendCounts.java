package dev.fantasticfour.world.postgres;

/**
 * How the batches of a storage were appended, and relays moved, since it was opened.
 *
 * @param batches all that were handed in with a legal shape
 * @param judged those of them that did not find things as one would suppose, so that the rules were
 *     asked under a lock; each cost a transaction of several statements of its own
 * @param judgedRelays how often the relays of a target did not, likewise
 */
public record AppendCounts(long batches, long judged, long judgedRelays) {

  /** What part of the batches was judged, from 0 to 1; 0 when there were none. */
  public double judgedShare() {
    return batches == 0 ? 0 : (double) judged / batches;
  }
}
