package dev.fantasticfour.world.core.engine.dispatch;

import dev.fantasticfour.world.api.error.RunDetached;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
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

  private final String name;
  private final ThreadFactory threads;
  private final Deque<Coroutine> ready = new ArrayDeque<>();
  private final Set<Coroutine> alive = ConcurrentHashMap.newKeySet();
  private volatile boolean driverGoesOn = true;
  private volatile long handedOverAt;
  private volatile boolean detached;
  private volatile Thread driver = Thread.currentThread();
  private volatile @Nullable Throwable notStarted;

  /**
   * @param name of the run, for exceptions and thread names
   */
  public Strand(String name, ThreadFactory threads) {
    this.name = name;
    this.threads = threads;
  }

  /** Makes a coroutine that will go on when those woken before it have parked. */
  public Coroutine spawn(Runnable body) {
    Coroutine coroutine = new Coroutine(this, body);
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
    handedOverAt = System.nanoTime();
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
        : Duration.ofNanos(Math.max(0, System.nanoTime() - since));
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

  void passOn() {
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

  void ended(Coroutine coroutine) {
    alive.remove(coroutine);
    passOn();
  }

  Thread threadFor(Runnable body) {
    Thread thread = threads.newThread(body);
    thread.setName("workflow " + name);
    return thread;
  }
}
