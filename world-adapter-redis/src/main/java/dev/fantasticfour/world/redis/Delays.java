package dev.fantasticfour.world.redis;

import java.time.Duration;

/** Durations as the milliseconds that scripts calculate with. */
final class Delays {

  /** Lua counts exactly up to 2^53; nobody waits longer than this. */
  private static final Duration FOREVER = Duration.ofDays(365L * 1000);

  private Delays() {}

  /** Rounded up, so that nothing is early; negative is zero. */
  static long millis(Duration delay) {
    if (delay.isNegative() || delay.isZero()) {
      return 0;
    }
    Duration capped = delay.compareTo(FOREVER) > 0 ? FOREVER : delay;
    return capped.plusNanos(999_999).toMillis();
  }
}
