package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import dev.fantasticfour.world.core.port.Storage.DueRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second for runs that are due and nobody looks after (law L4): what makes every queue
 * message a mere hint. One statement a second on an idle node, on a platform thread.
 */
final class Sweep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration AHEAD = Duration.ofSeconds(2);
  private static final int MOST = 1_000;

  private final Node node;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final Thread thread;
  private boolean soon;
  private boolean closed;

  Sweep(Node node) {
    this.node = node;
    this.thread = EngineThreads.platform("world sweep", this::run);
  }

  void start() {
    thread.start();
  }

  /** Sweeps at once rather than when the second is over. */
  void soon() {
    lock.lock();
    try {
      soon = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean failed = false;
    while (awaitNext()) {
      try {
        Incarnation incarnation = node.incarnation();
        if (incarnation != null && incarnation.lease().isSafe()) {
          sweep(incarnation);
        }
        failed = false;
      } catch (RuntimeException e) {
        if (!failed) {
          LOG.warn(
              "the sweep for due runs failed and is repeated every second: {}", e.getMessage());
        }
        failed = true;
      }
    }
  }

  private void sweep(Incarnation incarnation) {
    int places = Math.min(MOST, incarnation.table().freePlaces());
    if (places == 0 || incarnation.workflows().isEmpty()) {
      return;
    }
    List<DueRun> due =
        node.storage().due(incarnation.worker(), incarnation.workflows(), AHEAD, places);
    List<RunId> free = new ArrayList<>();
    boolean suspicious = false;
    for (DueRun run : due) {
      if (!run.in().isZero() && !run.in().isNegative()) {
        if (incarnation.get(run.run()) == null) {
          node.alarms().set(node.sweepSoon(), node.clock().instant().plus(run.in()));
          break;
        }
      } else if (incarnation.get(run.run()) != null) {
        incarnation.attend(run.run());
      } else if (run.lostAttempts() == 0) {
        free.add(run.run());
      } else if (!suspicious) {
        // Runs whose owner died on them are taken one at a time: they may bring this process down
        // too.
        suspicious = true;
        free.add(run.run());
      }
    }
    incarnation.claim(free);
  }

  private boolean awaitNext() {
    lock.lock();
    try {
      long left = PERIOD.toNanos();
      while (!closed && !soon && left > 0) {
        left = wanted.awaitNanos(left);
      }
      soon = false;
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  void join(Duration patience) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedJoin(thread, patience.toNanos());
  }
}
