package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The machine a node lives on: its clocks, its threads and its chance. Everything a node does, the
 * world in memory included, begins on a thread made here and waits at a {@link Bell} made here, so
 * that a simulation with another machine decides what time it is and who goes on. The one class of
 * core that asks the real one is {@link SystemMachine}, which a test keeps.
 *
 * <p>A machine that stops a process ends its threads with {@link ThreadEnd}, wherever they are.
 *
 * <p><b>Concurrency.</b> Any thread.
 */
public interface Machine {

  /** The monotonic clock. */
  long nanos();

  /** The clock of the machine: right about the day, not to be relied on for more. */
  Instant instant();

  /** What the loops on it ask for again and again just now. */
  Troubles troubles();

  /** Randomness. */
  Chance chance();

  /**
   * Starts a thread that may wait for anything; there may be any number of them. Never fails: when
   * a thread cannot be started now, because there is no memory for it or the system has no more of
   * them, it is by {@link #startRefused}, and whoever gave it work to do need not know.
   */
  void start(String name, Runnable body);

  /**
   * Starts such a thread now or never, and throws what the machine does when it cannot: for whoever
   * has something better to do then than to wait for it.
   */
  void startNow(String name, Runnable body);

  /**
   * Starts one of the few threads that must not wait behind busy bodies: heartbeat, sweep, alarms.
   * Throws what the machine does when it cannot.
   */
  void startPrompt(String name, Runnable body);

  /**
   * Starts what {@link #start} could not, as far as that is possible now. To be called now and then
   * by a thread that is there already.
   */
  void startRefused();

  /** The calling thread, which was started here and takes that up now. */
  Task here(String name);

  /** Forgets an interrupt that the calling thread has not noticed. */
  void forgetInterrupt();

  /** A thread for a coroutine, not started: who goes on there its strand decides. */
  Thread branch(Runnable body);

  /** Something to wait at. */
  Bell bell();

  /**
   * Waits until a future is done in any way.
   *
   * @return whether it is
   * @throws InterruptedException when the thread is interrupted
   */
  boolean await(CompletableFuture<?> future, Duration patience) throws InterruptedException;

  /** A thread that runs. */
  interface Task {

    /** Interrupts it, if it has not ended. */
    void interrupt();

    /** Where it is just now; empty when nobody can tell. */
    default StackTraceElement[] stack() {
      return new StackTraceElement[0];
    }
  }
}
