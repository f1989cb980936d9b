package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.core.engine.time.Deadline;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one call of what many threads ask for at the same time: while a call is under way, the
 * items for the next one gather, each once. Nobody who adds waits. There is a thread, a virtual
 * one, only while there is something to do; when none can be started, what waits goes with whatever
 * is added next.
 */
final class FoldedCalls<T> {

  private static final Logger LOG = LoggerFactory.getLogger(FoldedCalls.class);

  private final int most;
  private final Duration pause;
  private final Consumer<List<T>> call;
  private final ThreadFactory threads;
  private final LoopGuard guard;
  private final LoopGuard starting;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Set<T> waiting = new LinkedHashSet<>();
  private boolean running;

  /**
   * @param name of the thread
   * @param most items of one call
   * @param call called by one thread at a time; takes care of its own failures
   */
  FoldedCalls(String name, int most, Consumer<List<T>> call) {
    this(name, most, Duration.ZERO, call);
  }

  /**
   * @param pause between two calls, so that more is folded where that is worth a delay; the first
   *     call after a silence is made at once
   */
  FoldedCalls(String name, int most, Duration pause, Consumer<List<T>> call) {
    this(name, most, pause, call, body -> EngineThreads.virtual(name, body));
  }

  FoldedCalls(
      String name, int most, Duration pause, Consumer<List<T>> call, ThreadFactory threads) {
    this.most = most;
    this.pause = pause;
    this.call = call;
    this.threads = threads;
    this.guard = new LoopGuard(LOG, "a call of " + name, "what it was for happens later");
    this.starting =
        new LoopGuard(LOG, "starting a thread for " + name, "what it is for happens later");
  }

  void add(T item) {
    addAll(List.of(item));
  }

  void addAll(Collection<T> items) {
    lock.lock();
    try {
      waiting.addAll(items);
      if (!running && !waiting.isEmpty()) {
        running = starting.round(() -> threads.newThread(this::run).start());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Calls what is still waiting because no thread could be started for it. */
  void addNothing() {
    addAll(List.of());
  }

  /** How many items wait for the next call. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything is called. Returns whether that came in time. */
  boolean awaitIdle(Duration patience) {
    Deadline deadline = Deadline.in(patience);
    lock.lock();
    try {
      long left = deadline.nanosLeft();
      while (running && left > 0) {
        left = idle.awaitNanos(left);
      }
      return !running;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (List<T> items = take(); !items.isEmpty(); items = take()) {
      List<T> these = items;
      boolean unused = guard.round(() -> call.accept(these));
      if (!pause.isZero()) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }

  private List<T> take() {
    lock.lock();
    try {
      List<T> taken = new ArrayList<>();
      for (Iterator<T> items = waiting.iterator(); items.hasNext() && taken.size() < most; ) {
        taken.add(items.next());
        items.remove();
      }
      if (taken.isEmpty()) {
        running = false;
        idle.signalAll();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
