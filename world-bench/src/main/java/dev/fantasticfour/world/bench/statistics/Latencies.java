package dev.fantasticfour.world.bench.statistics;

import java.util.Arrays;

/** How long single operations took. Immutable. */
public final class Latencies {

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  private Latencies(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Of durations in nanoseconds, in any order.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Latencies ofNanos(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  /** How many there are. */
  public int count() {
    return sorted.length;
  }

  /**
   * The shortest duration that at least that share of all did not exceed (nearest rank), in
   * milliseconds.
   *
   * @param share above 0, at most 1
   */
  public double percentileMillis(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[rank - 1] / NANOS_PER_MILLI;
  }
}
