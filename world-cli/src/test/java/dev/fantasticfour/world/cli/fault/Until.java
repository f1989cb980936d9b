package dev.fantasticfour.world.cli.fault;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for something to come true: the only way in which these tests wait. */
final class Until {

  /** Long enough for a crowded machine; nothing that is asserted depends on it. */
  static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final long PAUSE_MILLIS = 20;

  private Until() {}

  /**
   * Waits until it is true.
   *
   * @param what is waited for, for the message of the failure
   */
  static void holds(String what, Callable<Boolean> condition) throws Exception {
    holds(what, PATIENCE, condition);
  }

  /** The same with a patience of its own. */
  static void holds(String what, Duration patience, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + patience + " in vain until " + what);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Lets time pass, where what is asserted is that nothing happens in it. */
  static void passed(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
