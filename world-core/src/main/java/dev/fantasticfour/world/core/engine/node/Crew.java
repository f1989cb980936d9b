package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.time.Machine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Does what it is given on a few threads at most, so that however much comes at once asks little of
 * a store at a time. There is a thread only while there is something to do. Safe for any number of
 * threads.
 */
final class Crew {

  private final Machine machine;
  private final String name;
  private final int most;
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
  }

  /** Does that soon, in the order of giving; it may block, and takes care of its own failures. */
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
    var unused = machine.start(name, this::work);
  }

  private void work() {
    boolean ended = false;
    try {
      for (Runnable next = next(); next != null; next = next()) {
        next.run();
      }
      ended = true;
    } finally {
      if (!ended) {
        leave();
      }
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

  /** A task threw what it must not; the others are done all the same. */
  private void leave() {
    boolean more;
    lock.lock();
    try {
      more = !waiting.isEmpty();
      working -= more ? 0 : 1;
    } finally {
      lock.unlock();
    }
    if (more) {
      var unused = machine.start(name, this::work);
    }
  }
}
