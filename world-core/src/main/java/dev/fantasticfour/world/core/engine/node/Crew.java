package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what it is given on a few threads at most, so that however much comes at once asks little of
 * a store at a time. There is a thread only while there is something to do. Safe for any number of
 * threads.
 */
final class Crew {

  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  private final Machine machine;
  private final String name;
  private final int most;
  private final LoopGuard guard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int working;

  /**
   * @param most threads at once
   */
  Crew(Machine machine, String name, int most) {
    this.machine = machine;
    this.name = name;
    this.most = most;
    this.guard = new LoopGuard(machine, LOG, "a task of '" + name + "'", "the next one is begun");
  }

  /**
   * Does that soon, in the order of giving; it may block. What it throws is logged, and the others
   * are done all the same.
   */
  void give(Runnable task) {
    lock.lock();
    try {
      waiting.add(task);
      if (working == most) {
        return;
      }
      working++;
    } finally {
      lock.unlock();
    }
    machine.start(name, this::work);
  }

  private void work() {
    for (Runnable next = next(); next != null; next = next()) {
      boolean unused = guard.round(next::run);
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable task = waiting.poll();
      if (task == null) {
        working--;
      }
      return task;
    } finally {
      lock.unlock();
    }
  }
}
