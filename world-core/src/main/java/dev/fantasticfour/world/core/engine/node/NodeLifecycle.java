package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far the life of a node has come: started once, closed once, by whoever comes first, while the
 * others wait for it. Safe for any number of threads; nothing that may block is done inside.
 */
final class NodeLifecycle {

  private enum State {
    NEW,
    STARTING,
    RUNNING,
    CLOSING,
    CLOSED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Bell moved;
  private volatile State state = State.NEW;

  NodeLifecycle(Machine machine) {
    this.moved = machine.bell();
  }

  /**
   * Whether the caller is to start the node. Waits while another thread does.
   *
   * @throws WorldException {@code CLOSED} when it is closed
   */
  boolean isMineToStart() {
    while (!move(State.NEW, State.STARTING)) {
      switch (state) {
        case NEW -> {}
        case STARTING -> awaitEndOf(State.STARTING);
        case RUNNING -> {
          return false;
        }
        case CLOSING, CLOSED ->
            throw new WorldException(
                ErrorCode.CLOSED, "it is closed and starts no more; create another one");
      }
    }
    return true;
  }

  /** It could not be started; it may be tried again. */
  void notStarted() {
    boolean unused = move(State.STARTING, State.NEW);
  }

  /** It is started. Returns false when it was closed meanwhile. */
  boolean started() {
    return move(State.STARTING, State.RUNNING);
  }

  /** Whether it is started, and its end has not begun. */
  boolean isRunning() {
    return state == State.RUNNING;
  }

  /** What the caller of {@link #beginToClose()} has to do. */
  enum Teardown {
    /** Nothing: it is closed by now. */
    DONE,
    /** Little: it never ran. */
    UNUSED,
    /** All: it ran until now. */
    RUNNING
  }

  /** Begins the end, or waits for it while another thread is at it. */
  Teardown beginToClose() {
    State before;
    lock.lock();
    try {
      before = state;
      state = before == State.CLOSED ? State.CLOSED : State.CLOSING;
    } finally {
      lock.unlock();
    }
    moved.ring();
    return switch (before) {
      case NEW, STARTING -> Teardown.UNUSED;
      case RUNNING -> Teardown.RUNNING;
      case CLOSING, CLOSED -> {
        awaitEndOf(State.CLOSING);
        yield Teardown.DONE;
      }
    };
  }

  void closed() {
    boolean unused = move(State.CLOSING, State.CLOSED);
  }

  /** Does something quick unless the end has begun. Returns whether it was done. */
  boolean whileRunning(Runnable action) {
    lock.lock();
    try {
      boolean isRunning = state == State.RUNNING;
      if (isRunning) {
        action.run();
      }
      return isRunning;
    } finally {
      lock.unlock();
    }
  }

  private boolean move(State from, State to) {
    lock.lock();
    try {
      if (state != from) {
        return false;
      }
      state = to;
    } finally {
      lock.unlock();
    }
    moved.ring();
    return true;
  }

  private void awaitEndOf(State of) {
    try {
      moved.await(() -> state != of);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException(ErrorCode.CLOSED, "interrupted while waiting for the node", e);
    }
  }
}
