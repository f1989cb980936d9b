package dev.fantasticfour.world.tck;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The two ways to wait in a test, both by looking again and again until a deadline. */
final class Polling {

  private static final long PAUSE = Duration.ofMillis(2).toNanos();

  private Polling() {}

  /** Waits until something holds, and fails when it does not in time. */
  static void until(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("within " + patience + " it should have held that " + what);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Watches that something holds all the time. */
  static void during(String what, Duration moment, BooleanSupplier condition) {
    long deadline = System.nanoTime() + moment.toNanos();
    do {
      if (!condition.getAsBoolean()) {
        throw new AssertionError("for " + moment + " it should have held that " + what);
      }
      LockSupport.parkNanos(PAUSE);
    } while (System.nanoTime() - deadline < 0);
  }
}
