package dev.fantasticfour.world.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for something to become true, and no longer than needed. */
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private Eventually() {}

  /** Tries until it no longer throws; at the deadline it throws what it threw last. */
  static void assertThat(ThrowingCallable check) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        check.call();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  /** Tries that long, and fails as soon as the check does. */
  static void assertStays(Duration duration, ThrowingCallable check) {
    long deadline = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - deadline < 0) {
      try {
        check.call();
      } catch (AssertionError e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
