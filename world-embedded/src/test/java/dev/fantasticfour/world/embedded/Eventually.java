package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that another process does. */
final class Eventually {
  private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

  private Eventually() {}

  static void isTrue(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + patience + ": " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
