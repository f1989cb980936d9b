package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.port.Storage.Reschedule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Says when runs are due that park without an append: one call at a time, for all that parked while
 * the one before was under way. Any number of threads, each of which waits for its answer.
 */
final class Reschedules {

  private static final int MOST = 500;

  private final Node node;
  private final Incarnation incarnation;
  private final Bell answered;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Wanted> waiting = new ArrayDeque<>();
  private boolean underWay;

  Reschedules(Node node, Incarnation incarnation) {
    this.node = node;
    this.incarnation = incarnation;
    this.answered = node.machine().bell();
  }

  private static final class Wanted {
    private final Reschedule what;
    private volatile boolean done;
    private boolean holds;
    private @Nullable WorldException failure;

    private Wanted(Reschedule what) {
      this.what = what;
    }

    private void answer(boolean stillHolds, @Nullable WorldException thrown) {
      holds = stillHolds;
      failure = thrown;
      done = true;
    }
  }

  /**
   * Repeats it until it is answered.
   *
   * @return whether the epoch still holds
   */
  boolean reschedule(Reschedule what) {
    Wanted mine = new Wanted(what);
    boolean calls;
    lock.lock();
    try {
      waiting.add(mine);
      calls = !underWay;
      underWay = true;
    } finally {
      lock.unlock();
    }
    if (calls) {
      call();
    } else {
      await(mine);
    }
    if (mine.failure != null) {
      throw mine.failure;
    }
    return mine.holds;
  }

  private void call() {
    List<Wanted> all = take();
    List<Reschedule> runs = all.stream().map(wanted -> wanted.what).toList();
    WorldException failure =
        new WorldException(ErrorCode.CLOSED, "the thread that rescheduled runs ended");
    Set<RunId> over = Set.of();
    try {
      over =
          incarnation
              .persistence()
              .insist(
                  "rescheduling " + runs.size() + " runs",
                  () -> node.storage().reschedule(incarnation.worker(), runs));
      failure = null;
    } catch (WorldException e) {
      failure = e;
    } finally {
      for (Wanted wanted : all) {
        wanted.answer(!over.contains(wanted.what.run()), failure);
      }
      goOn();
      answered.ring();
    }
  }

  private List<Wanted> take() {
    lock.lock();
    try {
      List<Wanted> taken = new ArrayList<>();
      while (!waiting.isEmpty() && taken.size() < MOST) {
        taken.add(waiting.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Those who came meanwhile wait for a call by nobody in particular. */
  private void goOn() {
    lock.lock();
    try {
      underWay = !waiting.isEmpty();
      if (!underWay) {
        return;
      }
    } finally {
      lock.unlock();
    }
    node.machine().start("reschedule", this::call);
  }

  private void await(Wanted mine) {
    try {
      answered.await(() -> mine.done);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException(ErrorCode.CLOSED, "interrupted while rescheduling a run", e);
    }
  }
}
