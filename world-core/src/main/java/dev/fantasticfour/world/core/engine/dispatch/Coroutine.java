package dev.fantasticfour.world.core.engine.dispatch;

import dev.fantasticfour.world.api.error.RunDetached;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One line of execution in a {@link Strand}, on a virtual thread of its own. */
public final class Coroutine {

  /**
   * A detached coroutine that swallows its end and calls in again this often is in an endless loop;
   * it is then held for good rather than left to burn a core.
   */
  private static final int MOST_REFUSALS = 1_000;

  private final Strand strand;
  private final Thread thread;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean goesOn;
  private int refusals;

  Coroutine(Strand strand, Runnable body) {
    this.strand = strand;
    this.thread = strand.threadFor(() -> run(body));
  }

  /** Whether the calling thread is the one of this coroutine. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /**
   * Gives control away until somebody {@linkplain Strand#wake wakes} this coroutine and its turn
   * comes. Only by its own thread.
   *
   * @throws RunDetached when the strand was detached meanwhile
   */
  public void park() {
    goesOn = false;
    strand.passOn();
    boolean interrupted = false;
    while (!goesOn && !strand.isDetached()) {
      LockSupport.park(this);
      // An interrupt of user code must not turn waiting into spinning; it is given back afterwards.
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      thread.interrupt();
    }
    checkAttached();
  }

  /**
   * @throws RunDetached when the strand was detached
   */
  public void checkAttached() {
    if (!strand.isDetached()) {
      return;
    }
    if (++refusals > MOST_REFUSALS) {
      while (refusals > 0) {
        LockSupport.park(this);
        Thread.interrupted();
      }
    }
    throw strand.refusal();
  }

  void goOn() {
    goesOn = true;
    if (started.compareAndSet(false, true)) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  /** The strand was detached: a parked thread ends, one that never began never will. */
  void release() {
    if (started.compareAndSet(false, true)) {
      strand.ended(this);
    } else {
      LockSupport.unpark(thread);
    }
  }

  Thread thread() {
    return thread;
  }

  private void run(Runnable body) {
    try {
      body.run();
    } catch (RunDetached e) {
      if (!strand.isDetached()) {
        throw e;
      }
    } finally {
      strand.ended(this);
    }
  }
}
