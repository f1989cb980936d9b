package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.time.StoreClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether this incarnation may still act as the owner of its runs, by the monotonic clock alone
 * (design, "Self-fence"): yes until {@code lease - margin} after the last heartbeat that was
 * answered had been sent. Bodies wait here to start.
 */
final class Lease implements BodyRunner.StartGate {

  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition renewed = lock.newCondition();
  private final long safeNanos;
  private final long leaseNanos;
  private volatile long confirmedAt;
  private long unbrokenSince;
  private volatile boolean over;

  /**
   * @param sentAt when the registration was sent, by {@link StoreClock#nanos()}
   */
  Lease(Duration lease, long sentAt) {
    Duration margin = lease.compareTo(MARGIN.multipliedBy(2)) > 0 ? MARGIN : lease.dividedBy(5);
    this.safeNanos = lease.minus(margin).toNanos();
    this.leaseNanos = lease.toNanos();
    this.confirmedAt = sentAt;
    this.unbrokenSince = sentAt;
  }

  /** A heartbeat that was sent then has been answered. */
  void renewed(long sentAt) {
    lock.lock();
    try {
      if (sentAt - confirmedAt > safeNanos) {
        unbrokenSince = sentAt;
      }
      confirmedAt = sentAt;
      renewed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** This incarnation is over: nothing starts any more. */
  void end() {
    lock.lock();
    try {
      over = true;
      renewed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isSafe() {
    return StoreClock.nanos() - confirmedAt < safeNanos;
  }

  /**
   * Whether heartbeats have been answered without a break for a whole lease: only then is a silent
   * worker more likely dead than the store away.
   */
  boolean mayJudge() {
    lock.lock();
    try {
      return isSafe() && StoreClock.nanos() - unbrokenSince >= leaseNanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitOpen() throws InterruptedException {
    if (isSafe() && !over) {
      return true;
    }
    lock.lockInterruptibly();
    try {
      while (!over && !isSafe()) {
        boolean unused = renewed.await(1, TimeUnit.SECONDS);
      }
      return !over;
    } finally {
      lock.unlock();
    }
  }
}
