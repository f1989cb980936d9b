package dev.fantasticfour.world.postgres;

import java.time.Duration;

/** Durations as {@code interval} literals, to the microsecond. */
final class Intervals {

  /** A thousand years: far enough, and every sum with it is still a date. */
  private static final Duration LONGEST = Duration.ofDays(365_000);

  private static final int HOUR = 3_600;

  private Intervals() {}

  static String write(Duration duration) {
    Duration d =
        duration.compareTo(LONGEST) > 0
            ? LONGEST
            : duration.compareTo(LONGEST.negated()) < 0 ? LONGEST.negated() : duration;
    // Up to PostgreSQL 14, each number in an interval has to fit 32 bits.
    return d.toSeconds() / HOUR
        + " hours "
        + d.toSeconds() % HOUR
        + " seconds "
        + d.toNanosPart() / 1_000
        + " microseconds";
  }
}
