package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has quick tasks done a while later, by the monotonic clock. There is a thread from the first use
 * on. Safe for any number of threads.
 */
final class DelayedTasks implements AutoCloseable {

  private final Machine machine;
  private final InstantSource monotonic;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable AlarmClock alarms;
  private boolean closed;

  DelayedTasks(Machine machine) {
    this.machine = machine;
    this.monotonic = () -> Instant.EPOCH.plusNanos(machine.nanos());
  }

  /**
   * Does something after that time; never, once this is closed. Throws what the machine does when
   * there is no thread yet and none can be started.
   */
  void after(Duration delay, Runnable task) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (alarms == null) {
        alarms = new AlarmClock("world-results-timer", machine, monotonic);
      }
      alarms.set(task, monotonic.instant().plus(delay));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (alarms != null) {
        alarms.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
