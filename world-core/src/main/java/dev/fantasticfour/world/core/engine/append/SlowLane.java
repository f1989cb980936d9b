package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Refusals;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Storage;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where batches of locked runs wait, each alone in a call of the store, one virtual thread per run.
 * While a run is here, its later batches queue up behind, so that their order is kept; a run leaves
 * when its queue is empty.
 */
final class SlowLane {

  private static final Logger LOG = LoggerFactory.getLogger(SlowLane.class);

  private final Storage storage;
  private final Repetition repetition;
  private final Semaphore calls;
  private final ThreadFactory threads;

  private final LoopGuard guard =
      new LoopGuard(LOG, "the slow lane of appends", "its batches are repeated with the same ids");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition emptied = lock.newCondition();
  private final Map<Object, ArrayDeque<Pending>> runs = new HashMap<>();

  SlowLane(Storage storage, Repetition repetition, int calls) {
    this(storage, repetition, calls, body -> EngineThreads.virtual("world-append-slow", body));
  }

  SlowLane(Storage storage, Repetition repetition, int calls, ThreadFactory threads) {
    this.storage = storage;
    this.threads = threads;
    this.repetition = repetition;
    this.calls = new Semaphore(calls, true);
  }

  /** Takes a batch whose run was locked, or throws what a thread cannot be started for. */
  void take(Pending pending) {
    lock.lock();
    try {
      ArrayDeque<Pending> queue = runs.get(pending.key());
      if (queue == null) {
        queue = new ArrayDeque<>();
        runs.put(pending.key(), queue);
        begin(pending.key());
      }
      queue.add(pending);
    } finally {
      lock.unlock();
    }
  }

  private void begin(Object key) {
    boolean isBegun = false;
    try {
      threads.newThread(() -> work(key)).start();
      isBegun = true;
    } finally {
      if (!isBegun) {
        // Otherwise all later batches of the run would queue up behind nobody.
        runs.remove(key);
      }
    }
  }

  /** Takes a batch if, and only if, earlier ones of its run are here. */
  boolean takeBehind(Pending pending) {
    lock.lock();
    try {
      ArrayDeque<Pending> queue = runs.get(pending.key());
      if (queue != null) {
        queue.add(pending);
      }
      return queue != null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is here. Returns whether that came in time. */
  boolean awaitEmpty(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!runs.isEmpty() && left > 0) {
        left = emptied.awaitNanos(left);
      }
      return runs.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void work(Object key) {
    for (Pending next = next(key, false); next != null; next = next(key, true)) {
      Pending current = next;
      while (!guard.round(() -> answer(current))) {
        boolean unused = repetition.pause(1);
      }
    }
  }

  /**
   * The head of a run's queue. It stays there until it is answered; only then is it dropped, in the
   * same moment in which the run may leave.
   */
  private @Nullable Pending next(Object key, boolean dropHead) {
    lock.lock();
    try {
      ArrayDeque<Pending> queue = runs.get(key);
      if (queue == null) {
        return null;
      }
      if (dropHead) {
        queue.remove();
      }
      Pending head = queue.peek();
      if (head == null) {
        runs.remove(key);
        emptied.signalAll();
      }
      return head;
    } finally {
      lock.unlock();
    }
  }

  private void answer(Pending pending) {
    int failures = 0;
    int bugs = 0;
    while (!pending.isSettled()) {
      if (repetition.isStopped()) {
        pending.failClosed();
        return;
      }
      try {
        AppendResult result = call(pending);
        if (!(result instanceof AppendResult.Busy)) {
          pending.complete(result);
          return;
        }
      } catch (WorldException e) {
        bugs += StoreCall.isBug(e) ? 1 : 0;
        if (bugs > UnexpectedFailure.MOST || !(Refusals.mayPass(e) || StoreCall.isBug(e))) {
          pending.fail(e);
          return;
        }
        if (bugs == 1) {
          LOG.error("An append failed and is repeated with the same id.", e);
        }
        pending.failedOnce(e);
      }
      // Also after Busy: the store has waited as long as it does, and somebody still has the run.
      repetition.pause(++failures);
    }
  }

  /** The permit is for the call alone: a run between two tries holds up nobody. */
  private AppendResult call(Pending pending) {
    calls.acquireUninterruptibly();
    try {
      return StoreCall.append(storage, List.of(pending.batch())).getFirst();
    } finally {
      calls.release();
    }
  }
}
