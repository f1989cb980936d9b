package dev.fantasticfour.world.cli.runs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long nothing may come before whoever follows gives up. */
final class Patience {

  private final @Nullable Duration most;
  private long since = System.nanoTime();

  /**
   * @param most null = for ever
   */
  Patience(@Nullable Duration most) {
    this.most = most;
  }

  /** Something came. */
  void renew() {
    since = System.nanoTime();
  }

  boolean isOver() {
    return most != null && System.nanoTime() - since >= most.toNanos();
  }
}
