package dev.fantasticfour.world.core.engine.coroutine;

import dev.fantasticfour.world.api.error.RunDetached;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the coroutines of one run, one at a time. A coroutine goes on until it {@linkplain
 * Coroutine#park parks}; then the next one that was woken goes on, in the order of the waking; when
 * none is left the run is <em>quiescent</em> and the driver gets control back. That makes
 * quiescence exact and the order of everything repeatable.
 *
 * <p><b>Concurrency.</b> {@link #spawn}, {@link #wake} and {@link #runUntilQuiescent} are called by
 * the driver while the run is quiescent, or by the coroutine that is going on; control passes
 * between them with a full memory barrier. {@link #detach} may be called by any thread at any time.
 */
public final class Strand {

  /**
   * A detached coroutine that swallows its end and calls in again this often is in an endless loop;
   * it is then held for good rather than left to burn a core.
   */
  private static final int MOST_REFUSALS = 1_000;

  private final String name;
  private final ThreadFactory threads;
  private final LongSupplier nanos;
  private final Deque<Coroutine> ready = new ArrayDeque<>(2);
  private final Set<Coroutine> alive = ConcurrentHashMap.newKeySet(1);
  private volatile boolean driverGoesOn = true;
  private volatile long handedOverAt;
  private volatile boolean detached;
  private volatile Thread driver = Thread.currentThread();
  private volatile @Nullable Throwable notStarted;

  /**
   * @param name of the run, for exceptions and thread names
   * @param nanos the monotonic clock
   */
  public Strand(String name, ThreadFactory threads, LongSupplier nanos) {
    this.name = name;
    this.threads = threads;
    this.nanos = nanos;
  }

  /** Makes a coroutine that will go on when those woken before it have parked. */
  public Coroutine spawn(Runnable body) {
    Coroutine coroutine = new Coroutine(body);
    alive.add(coroutine);
    ready.add(coroutine);
    if (detached) {
      coroutine.release();
    }
    return coroutine;
  }

  /** Has a parked coroutine go on after those woken before it. */
  public void wake(Coroutine coroutine) {
    ready.add(coroutine);
  }

  /**
   * Lets everything that was woken go on until all are parked or ended, or the strand is detached.
   *
   * @throws IllegalStateException when a thread could not be started: the strand is of no more use,
   *     and to be detached
   */
  public void runUntilQuiescent() {
    if (ready.isEmpty() || detached) {
      return;
    }
    driver = Thread.currentThread();
    handedOverAt = nanos.getAsLong();
    driverGoesOn = false;
    passOn();
    boolean interrupted = false;
    while (!driverGoesOn && !detached) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable failure = notStarted;
    if (failure != null && !detached) {
      throw new IllegalStateException("a thread of " + name + " could not be started", failure);
    }
  }

  /**
   * Ends the strand without ending the run: every parked coroutine goes on with {@link
   * RunDetached}, all at once, and nobody waits for them.
   */
  public void detach() {
    detached = true;
    alive.forEach(Coroutine::release);
    LockSupport.unpark(driver);
  }

  /** For how long a coroutine has kept control; zero when none has it. Any thread asks. */
  public Duration heldFor() {
    long since = handedOverAt;
    return driverGoesOn || detached
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, nanos.getAsLong() - since));
  }

  /** Whether {@link #detach} was called. */
  public boolean isDetached() {
    return detached;
  }

  /** How many coroutines have not ended. */
  public int alive() {
    return alive.size();
  }

  /** Interrupts the threads that are still there, and names them. For a detached strand. */
  public List<Thread> interruptAlive() {
    List<Thread> threads = alive.stream().map(Coroutine::thread).filter(Thread::isAlive).toList();
    threads.forEach(Thread::interrupt);
    return threads;
  }

  /** What a coroutine meets that calls in after the strand was detached. */
  public RunDetached refusal() {
    return new RunDetached(name);
  }

  private void passOn() {
    if (detached) {
      return;
    }
    Coroutine next = ready.poll();
    try {
      if (next != null) {
        next.goOn();
        return;
      }
    } catch (RuntimeException | Error e) {
      // Nobody has control now, and least of all does the user's code that passed it on.
      alive.remove(next);
      notStarted = e;
    }
    driverGoesOn = true;
    LockSupport.unpark(driver);
  }

  private void ended(Coroutine coroutine) {
    alive.remove(coroutine);
    passOn();
  }

  private Thread threadFor(Runnable body) {
    Thread thread = threads.newThread(body);
    thread.setName("workflow " + name);
    return thread;
  }

  /** One line of execution, on a virtual thread of its own. */
  public final class Coroutine {

    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean goesOn;
    private int refusals;

    private Coroutine(Runnable body) {
      this.thread = threadFor(() -> run(body));
    }

    /** Whether the calling thread is the one of this coroutine. */
    public boolean isCurrent() {
      return Thread.currentThread() == thread;
    }

    /**
     * Gives control away until somebody {@linkplain #wake wakes} this coroutine and its turn comes.
     * Only by its own thread.
     *
     * @throws RunDetached when the strand was detached meanwhile
     */
    public void park() {
      goesOn = false;
      passOn();
      boolean interrupted = false;
      while (!goesOn && !isDetached()) {
        LockSupport.park(this);
        // An interrupt of user code must not turn waiting into spinning; it is given back
        // afterwards.
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
      if (!isDetached()) {
        return;
      }
      if (++refusals > MOST_REFUSALS) {
        while (refusals > 0) {
          LockSupport.park(this);
          Thread.interrupted();
        }
      }
      throw refusal();
    }

    private void goOn() {
      goesOn = true;
      if (started.compareAndSet(false, true)) {
        thread.start();
      } else {
        LockSupport.unpark(thread);
      }
    }

    /** The strand was detached: a parked thread ends, one that never began never will. */
    private void release() {
      if (started.compareAndSet(false, true)) {
        ended(this);
      } else {
        LockSupport.unpark(thread);
      }
    }

    private Thread thread() {
      return thread;
    }

    private void run(Runnable body) {
      try {
        body.run();
      } catch (RunDetached e) {
        if (!isDetached()) {
          throw e;
        }
      } finally {
        ended(this);
      }
    }
  }
}
