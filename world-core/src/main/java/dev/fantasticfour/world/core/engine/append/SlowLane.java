package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.Permits;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final String WHAT = "the slow lane of appends";
  private static final String MEANWHILE = "its batches are repeated with the same ids";

  private final Storage storage;
  private final Repetition repetition;
  private final Permits calls;
  private final Machine machine;
  private final Bell emptied;

  private final LoopGuard guard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, ArrayDeque<PendingBatch>> runs = new HashMap<>();

  /**
   * @param calls most at once
   */
  SlowLane(Storage storage, Machine machine, Repetition repetition, int calls) {
    this.storage = storage;
    this.machine = machine;
    this.guard = new LoopGuard(machine, LOG, WHAT, MEANWHILE);
    this.repetition = repetition;
    this.calls = new Permits(machine, calls);
    this.emptied = machine.bell();
  }

  /** Takes a batch whose run was locked. */
  void take(PendingBatch pending) {
    boolean isFirst;
    lock.lock();
    try {
      isFirst = !runs.containsKey(pending.key());
      runs.computeIfAbsent(pending.key(), key -> new ArrayDeque<>()).add(pending);
    } finally {
      lock.unlock();
    }
    if (isFirst) {
      machine.start("world-append-slow", () -> work(pending.key()));
    }
  }

  /** Takes a batch if, and only if, earlier ones of its run are here. */
  boolean takeBehind(PendingBatch pending) {
    lock.lock();
    try {
      ArrayDeque<PendingBatch> queue = runs.get(pending.key());
      if (queue != null) {
        queue.add(pending);
      }
      return queue != null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is here. Returns whether that came in time. */
  boolean awaitEmpty(Duration patience) throws InterruptedException {
    return emptied.await(this::isEmpty, patience);
  }

  private boolean isEmpty() {
    lock.lock();
    try {
      return runs.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void work(Object key) {
    for (PendingBatch next = next(key, false); next != null; next = next(key, true)) {
      PendingBatch current = next;
      while (!guard.round(() -> answer(current))) {
        boolean unused = repetition.pause(1);
      }
    }
  }

  /**
   * The head of a run's queue. It stays there until it is answered; only then is it dropped, in the
   * same moment in which the run may leave.
   */
  private @Nullable PendingBatch next(Object key, boolean dropHead) {
    PendingBatch head;
    lock.lock();
    try {
      ArrayDeque<PendingBatch> queue = runs.get(key);
      if (queue == null) {
        return null;
      }
      if (dropHead) {
        queue.remove();
      }
      head = queue.peek();
      if (head != null) {
        return head;
      }
      runs.remove(key);
    } finally {
      lock.unlock();
    }
    emptied.ring();
    return null;
  }

  private void answer(PendingBatch pending) throws InterruptedException {
    int failures = 0;
    int bugs = 0;
    while (!pending.isSettled()) {
      if (repetition.isStopped()) {
        pending.failClosed();
        return;
      }
      try {
        AppendResult result = call(pending);
        machine.troubles().over(this);
        if (!(result instanceof AppendResult.Busy)) {
          pending.complete(result);
          return;
        }
      } catch (WorldException e) {
        bugs += UnexpectedFailure.isBug(e) ? 1 : 0;
        if (bugs > UnexpectedFailure.MOST
            || !(TransientFailure.mayPass(e) || UnexpectedFailure.isBug(e))) {
          pending.fail(e);
          return;
        }
        if (bugs == 1) {
          LOG.error("An append failed and is repeated with the same id.", e);
        }
        pending.failedOnce(e);
        machine.troubles().met(this, WHAT, MEANWHILE, e);
      }
      // Also after Busy: the store has waited as long as it does, and somebody still has the run.
      repetition.pause(++failures);
    }
  }

  /** The permit is for the call alone: a run between two tries holds up nobody. */
  private AppendResult call(PendingBatch pending) throws InterruptedException {
    calls.take();
    try {
      return StoreCall.append(storage, List.of(pending.batch())).getFirst();
    } finally {
      calls.giveBack();
    }
  }
}
