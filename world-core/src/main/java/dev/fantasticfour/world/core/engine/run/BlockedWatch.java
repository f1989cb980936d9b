package dev.fantasticfour.world.core.engine.run;

import java.time.Duration;

/** When to warn of code that keeps its turn from going on: every five seconds of one stay. */
final class BlockedWatch {

  private static final Duration EVERY = Duration.ofSeconds(5);

  private volatile Duration next = EVERY;

  /**
   * Whether to warn now. Asked by one thread at a time.
   *
   * @param held for how long the code has had its turn
   */
  boolean isToWarn(Duration held) {
    if (held.compareTo(next) < 0) {
      next = held.compareTo(EVERY) < 0 ? EVERY : next;
      return false;
    }
    next = next.plus(EVERY);
    return true;
  }
}
