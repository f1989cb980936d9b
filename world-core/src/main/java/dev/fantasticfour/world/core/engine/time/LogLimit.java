package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps a log readable when the same thing happens over and over: it may be said once in a while,
 * and then how often it was passed over in silence. Safe for any number of threads.
 */
public final class LogLimit {

  private final long period;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean said;
  private long saidAt;
  private long silent;

  /**
   * @param period how long it is not said again
   * @param nanos the monotonic clock
   */
  public LogLimit(Duration period, LongSupplier nanos) {
    this.period = period.toNanos();
    this.nanos = nanos;
  }

  /**
   * It has happened.
   *
   * @return how often it was not said since the last time it was; empty when it is not to be said
   *     now either
   */
  public OptionalLong happened() {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      if (said && now - saidAt < period) {
        silent++;
        return OptionalLong.empty();
      }
      OptionalLong passedOver = OptionalLong.of(silent);
      said = true;
      saidAt = now;
      silent = 0;
      return passedOver;
    } finally {
      lock.unlock();
    }
  }
}
