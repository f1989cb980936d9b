package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.time.Bell;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * When the store is swept for due runs: once a second, at once when somebody wants it, and when a
 * run is due that nobody here waits for. Safe for any number of threads.
 */
final class SweepTimes {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** However often somebody wants a sweep, and however many runs are due one after the other. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(25);

  /** A sweep sees what is due so soon. */
  static final Duration AHEAD = Duration.ofSeconds(2);

  private final Environment environment;
  private final Bell wanted;
  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable soon = this::soon;
  private @Nullable Instant alarm;
  private volatile boolean isWanted;
  private volatile boolean closed;

  SweepTimes(Environment environment) {
    this.environment = environment;
    this.wanted = environment.machine().bell();
  }

  /** At once rather than when the second is over. */
  void soon() {
    isWanted = true;
    wanted.ring();
  }

  /** Then, if not before. What is due later than the sweeps to come look ahead, they find. */
  void by(Instant time) {
    Instant now = environment.now();
    if (time.isAfter(now.plus(AHEAD))) {
      return;
    }
    lock.lock();
    try {
      Instant set = alarm;
      if (set == null || time.isBefore(set) || !set.isAfter(now)) {
        alarm = time;
        environment.alarms().set(soon, time);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A sweep begins: who wants one from now on wants another one. */
  void begins() {
    isWanted = false;
  }

  /**
   * Waits until it is time for the next.
   *
   * @param asked whether the store was asked just now
   */
  void await(boolean asked) throws InterruptedException {
    long begun = environment.machine().nanos();
    boolean unused = wanted.rest(() -> closed || isWanted, PERIOD);
    if (!asked) {
      return;
    }
    Duration rested = Duration.ofNanos(environment.machine().nanos() - begun);
    if (rested.compareTo(SHORTEST_PAUSE) < 0) {
      unused = wanted.await(() -> closed, SHORTEST_PAUSE.minus(rested));
    }
  }

  /** Rung when there are no more sweeps. */
  Bell bell() {
    return wanted;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    wanted.ring();
  }
}
