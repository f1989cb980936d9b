package dev.fantasticfour.world.core.engine.dispatch;

import dev.fantasticfour.world.core.engine.time.EngineThreads;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes sleepers when their time comes: one platform thread for any number of them, at most one
 * alarm per sleeper. A virtual thread would not do, because busy bodies can hold it up for seconds.
 *
 * <p><b>Concurrency.</b> Any thread. Sleepers are called on the clock's thread and must be quick.
 */
public final class AlarmClock implements AutoCloseable {

  private static final long LONGEST_WAIT_MILLIS = 1_000;

  private final Supplier<Instant> clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Runnable, Alarm> bySleeper = new HashMap<>();
  private final TreeSet<Alarm> byTime =
      new TreeSet<>(Comparator.comparing(Alarm::time).thenComparingLong(Alarm::number));
  private final Thread thread;
  private long numbers;
  private boolean closed;

  /**
   * @param clock what the times of alarms are read against
   */
  public AlarmClock(String name, Supplier<Instant> clock) {
    this.clock = clock;
    this.thread = EngineThreads.platform(name, this::run);
    thread.start();
  }

  private record Alarm(Instant time, long number, Runnable sleeper) {}

  /** Sets the alarm of a sleeper, in place of any it had; null takes it back. */
  public void set(Runnable sleeper, @Nullable Instant time) {
    lock.lock();
    try {
      Alarm before = bySleeper.remove(sleeper);
      if (before != null) {
        byTime.remove(before);
      }
      if (time != null && !closed) {
        Alarm alarm = new Alarm(time, numbers++, sleeper);
        bySleeper.put(sleeper, alarm);
        byTime.add(alarm);
        if (byTime.first() == alarm) {
          changed.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread; alarms that are set never ring. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      byTime.clear();
      bySleeper.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Runnable sleeper = next(); sleeper != null; sleeper = next()) {
      sleeper.run();
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      while (!closed) {
        Alarm first = byTime.isEmpty() ? null : byTime.first();
        // The clock may be set; so nobody sleeps for long without looking at it again.
        long nanos = TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
        if (first != null) {
          long left = nanosUntil(first.time());
          if (left <= 0) {
            byTime.pollFirst();
            bySleeper.remove(first.sleeper());
            return first.sleeper();
          }
          nanos = Math.min(nanos, left);
        }
        long unused = changed.awaitNanos(nanos);
      }
      return null;
    } catch (InterruptedException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private long nanosUntil(Instant time) {
    Instant now = clock.get();
    if (!time.isAfter(now)) {
      return 0;
    }
    long millis =
        Math.min(now.until(time, java.time.temporal.ChronoUnit.MILLIS), LONGEST_WAIT_MILLIS);
    return TimeUnit.MILLISECONDS.toNanos(millis) + 1_000;
  }
}
