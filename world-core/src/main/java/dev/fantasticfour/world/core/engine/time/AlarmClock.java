package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes sleepers when their time comes: one prompt thread for any number of them, at most one alarm
 * per sleeper.
 *
 * <p><b>Concurrency.</b> Any thread. Sleepers are called on the clock's thread and must be quick;
 * what one throws is logged and harms no other.
 */
public final class AlarmClock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);

  /** There may be threads that could not be started. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  private final Machine machine;
  private final InstantSource clock;
  private final LoopGuard guard;
  private final LoopGuard waking;
  private final Bell changed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Runnable, Alarm> bySleeper = new HashMap<>();
  private final TreeSet<Alarm> byTime =
      new TreeSet<>(Comparator.comparing(Alarm::time).thenComparingLong(Alarm::number));
  private long numbers;
  private volatile @Nullable Alarm first;
  private volatile boolean closed;

  /**
   * @param clock what the times of alarms are read against
   */
  public AlarmClock(String name, Machine machine, InstantSource clock) {
    this.machine = machine;
    this.guard = new LoopGuard(machine, LOG, "the clock of alarms", "it goes on");
    this.waking = new LoopGuard(machine, LOG, "waking a sleeper", "the others are woken");
    this.clock = clock;
    this.changed = machine.bell();
    machine.startPrompt(name, this::run);
  }

  private record Alarm(Instant time, long number, Runnable sleeper) {}

  /** Sets the alarm of a sleeper, in place of any it had; null takes it back. */
  public void set(Runnable sleeper, @Nullable Instant time) {
    boolean sooner = false;
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
        sooner = byTime.first() == alarm;
      }
      first = byTime.isEmpty() ? null : byTime.first();
    } finally {
      lock.unlock();
    }
    if (sooner) {
      changed.ring();
    }
  }

  /** How many alarms are set. */
  public int count() {
    lock.lock();
    try {
      return byTime.size();
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
      first = null;
    } finally {
      lock.unlock();
    }
    changed.ring();
  }

  private void run() {
    guard.rounds(changed, () -> closed, this::wakeNext);
  }

  private void wakeNext() throws InterruptedException {
    // A thread that is always there, and looks about once a second.
    machine.startRefused();
    Runnable sleeper = nextDue();
    if (sleeper == null) {
      sleep();
    } else {
      boolean unused = waking.round(sleeper::run);
    }
  }

  private void sleep() throws InterruptedException {
    Alarm next = first;
    if (next == null) {
      boolean unused = changed.rest(() -> first != null || closed, LONGEST_REST);
      return;
    }
    Duration left = Duration.between(clock.instant(), next.time());
    boolean unused = changed.awaitTime(() -> first != next || closed, left);
  }

  private @Nullable Runnable nextDue() {
    lock.lock();
    try {
      Alarm next = first;
      if (next == null || next.time().isAfter(clock.instant())) {
        return null;
      }
      byTime.remove(next);
      bySleeper.remove(next.sleeper());
      first = byTime.isEmpty() ? null : byTime.first();
      return next.sleeper();
    } finally {
      lock.unlock();
    }
  }
}
