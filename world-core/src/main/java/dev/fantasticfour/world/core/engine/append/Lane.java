package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that appends. While a call of the store is under way the next batches gather; the call
 * after it takes them all. So the load makes the folds, and no timer delays anybody.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int MOST_FAILURES_ALONE = 3;
  private static final String WHAT = "a lane of appends";
  private static final String MEANWHILE = "its batches are repeated with the same ids";

  private final Storage storage;
  private final PumpLimits limits;
  private final Repetition repetition;
  private final SlowLane slow;
  private final Machine machine;
  private final String name;
  private final Bell changed;

  private final LoopGuard guard;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<PendingBatch> waiting = new ArrayDeque<>();
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile @Nullable Thread thread;

  /** Whether a call is under way, and since when. */
  private volatile boolean calling;

  private volatile long callingSince;

  /** What goes with the present call. Of the lane's thread. */
  private final List<PendingBatch> taken = new ArrayList<>();

  /** Calls of the store in a row that it did not answer. Of the lane's thread. */
  private int failures;

  /** How many batches go into one call now. Of the lane's thread. */
  private int most;

  Lane(
      int number,
      Storage storage,
      Machine machine,
      PumpLimits limits,
      Repetition repetition,
      SlowLane slow) {
    this.storage = storage;
    this.machine = machine;
    this.guard = new LoopGuard(machine, LOG, WHAT, MEANWHILE);
    this.name = "world-append-" + number;
    this.changed = machine.bell();
    this.limits = limits;
    this.repetition = repetition;
    this.slow = slow;
    this.most = limits.batches();
  }

  void start() {
    machine.startPrompt(name, this::run);
  }

  /** Whether the caller is this lane itself, answering somebody. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  void offer(PendingBatch pending) {
    boolean isTaken;
    lock.lock();
    try {
      isTaken = !closed;
      if (isTaken) {
        waiting.add(pending);
      }
    } finally {
      lock.unlock();
    }
    if (isTaken) {
      changed.ring();
    } else {
      pending.failClosed();
    }
  }

  /** Takes nothing more. What is in flight is finished, what waits is failed. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    changed.ring();
  }

  /** Waits for the thread's end. Returns whether it came in time. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return changed.await(() -> ended, patience);
  }

  private void run() {
    thread = Thread.currentThread();
    try {
      while (!closed) {
        boolean unused = guard.round(this::take);
        if (!taken.isEmpty() && !guard.round(() -> append(taken))) {
          unused = guard.round(this::repeat);
        }
      }
      remaining().forEach(PendingBatch::failClosed);
    } finally {
      ended = true;
      changed.ring();
    }
  }

  private boolean isWaitedFor() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next call; nothing goes with it when it all goes behind others, or once closed.
   */
  private void take() throws InterruptedException {
    taken.clear();
    changed.await(() -> closed || isWaitedFor());
    long bytes = 0;
    lock.lock();
    try {
      for (PendingBatch next = waiting.peek(); !closed && next != null; next = waiting.peek()) {
        if (next.isSettled() || slow.takeBehind(next)) {
          waiting.remove();
          continue;
        }
        boolean full = taken.size() == most || bytes + next.bytes() > limits.bytes();
        if (full && !taken.isEmpty()) {
          break;
        }
        taken.add(waiting.remove());
        bytes += next.bytes();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<PendingBatch> remaining() {
    lock.lock();
    try {
      List<PendingBatch> rest = List.copyOf(waiting);
      waiting.clear();
      return rest;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it waits for work, or the call under way is not older than that. */
  boolean isMoving(Duration within) {
    return !calling || machine.nanos() - callingSince < within.toNanos();
  }

  private void append(List<PendingBatch> call) {
    List<AppendResult> results;
    callingSince = machine.nanos();
    calling = true;
    try {
      results = StoreCall.append(storage, call.stream().map(PendingBatch::batch).toList());
    } catch (WorldException e) {
      if (TransientFailure.mayPass(e)) {
        unanswered(call, e);
      } else {
        answeredAgain();
        refused(call, e);
      }
      return;
    } finally {
      calling = false;
    }
    answeredAgain();
    deliver(call, results);
  }

  /** Nobody expects that a call fails like that: to repeat a batch that is appended is safe. */
  private void repeat() {
    putBack(taken.stream().filter(each -> !each.isSettled()).toList());
    boolean unused = repetition.pause(1);
  }

  private void answeredAgain() {
    if (failures > 0) {
      machine.troubles().over(this);
      LOG.info("The store answers appends again, after {} failed calls.", failures);
      failures = 0;
    }
    most = Math.min(limits.batches(), most * 2);
  }

  /**
   * Everything is asked again, by and by in smaller calls, and what fails alone for the fourth time
   * goes out of the way: it may be that one batch which the store cannot answer, and nobody shall
   * wait behind it.
   */
  private void unanswered(List<PendingBatch> call, WorldException failure) {
    call.forEach(each -> each.failedOnce(failure));
    machine.troubles().met(this, WHAT, MEANWHILE, failure);
    if (++failures == 1) {
      LOG.warn(
          "The store did not answer an append of {} batch(es), which is repeated with the same ids"
              + " until it does: {}",
          call.size(),
          failure.getMessage());
    }
    if (call.size() == 1 && failures > MOST_FAILURES_ALONE) {
      slow.take(call.getFirst());
    } else {
      // One that failed alone may only have waited for a lock: in company it is answered Busy.
      most = call.size() == 1 ? most : call.size() / 2;
      putBack(call);
    }
    repetition.pause(failures);
  }

  private void putBack(List<PendingBatch> call) {
    lock.lock();
    try {
      call.reversed().forEach(waiting::addFirst);
    } finally {
      lock.unlock();
    }
  }

  private void deliver(List<PendingBatch> call, List<AppendResult> results) {
    for (int i = 0; i < call.size(); i++) {
      if (results.get(i) instanceof AppendResult.Busy) {
        slow.take(call.get(i));
      } else {
        call.get(i).complete(results.get(i));
      }
    }
  }

  /** One batch that no store would take must not fail those that happened to travel with it. */
  private void refused(List<PendingBatch> call, WorldException failure) {
    if (call.size() == 1 && !UnexpectedFailure.isBug(failure)) {
      call.getFirst().fail(failure);
    } else {
      call.forEach(slow::take);
    }
  }
}
