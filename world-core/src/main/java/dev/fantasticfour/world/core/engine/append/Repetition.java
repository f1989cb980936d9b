package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.core.engine.time.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long to wait before the store is asked again, and whether to ask at all. Shared by all. */
final class Repetition {

  private final Backoff backoff;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Repetition(Backoff backoff) {
    this.backoff = backoff;
  }

  /** Ends all pauses: nothing is repeated from now on. */
  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Waits after some failures in a row. Returns whether to go on. */
  boolean pause(int failures) {
    Duration pause = backoff.after(failures);
    try {
      return !stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
