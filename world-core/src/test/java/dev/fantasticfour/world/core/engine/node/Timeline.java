package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Virtual time, and threads that live in it. Of all threads exactly one goes on at any moment; it
 * hands on only where it waits, and always to whoever is next on the one queue of things to come.
 * So a simulation is a function of its seed. Threads are real ones, so the code that runs on them
 * is the real code.
 *
 * <p>Made and driven by one thread, which {@linkplain #sleep sleeps} like all others.
 */
final class Timeline implements AutoCloseable {

  /** Unwinds a thread whose process was killed. */
  static final class Killed extends ThreadEnd {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed");
    }
  }

  /** What a thread belongs to, and shares its fate with. */
  static class Process {
    private final List<Thread> branches = new ArrayList<>();
    private final Set<Fiber> fibers = new LinkedHashSet<>();
    private boolean dead;
    private long pausedUntil;

    boolean isDead() {
      return dead;
    }

    /** How many threads of coroutines there are. */
    long branches() {
      return branches.stream().filter(Thread::isAlive).count();
    }
  }

  /** A thread that lives in virtual time. */
  final class Fiber {
    final Process process;
    final String name;
    private final Thread thread;
    private volatile boolean goesOn;
    private boolean started;
    private boolean ended;
    private boolean interrupted;
    private long ticket;

    private Fiber(Process process, String name, Runnable body) {
      this.process = process;
      this.name = name;
      this.thread =
          body == null ? Thread.currentThread() : Thread.ofVirtual().unstarted(() -> live(body));
      this.started = body == null;
    }

    private void live(Runnable body) {
      try {
        if (!process.dead) {
          body.run();
        }
      } catch (Killed e) {
        // As it should.
      } catch (Throwable e) {
        if (!process.dead) {
          fail(new AssertionError("thread '" + name + "' died", e));
        }
      } finally {
        process.fibers.remove(this);
        ended = true;
        passOn(null);
      }
    }

    void interrupt() {
      interrupted = true;
      wake(this);
    }

    void forgetInterrupt() {
      interrupted = false;
    }

    private void goOn() {
      goesOn = true;
      if (started) {
        LockSupport.unpark(thread);
      } else {
        started = true;
        thread.start();
      }
    }
  }

  private record Occurrence(
      long time, long number, Fiber fiber, long ticket, Process process, Runnable action) {}

  private final PriorityQueue<Occurrence> future =
      new PriorityQueue<>(
          Comparator.comparingLong(Occurrence::time).thenComparingLong(Occurrence::number));
  private final Set<Process> processes = new LinkedHashSet<>();
  private final Fiber driver = new Fiber(new Process(), "driver", null);
  private Fiber current = driver;
  private long now;
  private long numbers;
  private Throwable failure;
  private long course;
  private long turns;
  private volatile boolean over;

  long now() {
    return now;
  }

  /** A number that says what has happened so far: the same for the same seed. */
  long course() {
    return course;
  }

  /** How often somebody went on. */
  long turns() {
    return turns;
  }

  /** The thread that goes on. */
  Fiber current() {
    return current;
  }

  /** Starts a thread; it begins when its turn comes. */
  Fiber start(Process process, String name, Runnable body) {
    Fiber fiber = new Fiber(process, name, body);
    if (!process.dead) {
      processes.add(process);
      process.fibers.add(fiber);
      wake(fiber);
    }
    return fiber;
  }

  /** A thread that others drive; time does not pass before it has come to rest. */
  Thread branch(Process process, Runnable body) {
    Thread thread = Thread.ofVirtual().unstarted(body);
    processes.add(process);
    process.branches.add(thread);
    return thread;
  }

  /** Has something done at that time, whoever is alive then. */
  void at(long time, Runnable action) {
    future.add(new Occurrence(Math.max(now, time), numbers++, null, 0, null, action));
  }

  /** Ends the current thread when its process was killed. */
  void checkAlive() {
    checkAlive(current);
  }

  /** Lets the current thread wait, come what may. */
  void sleep(Duration time) {
    sleepUntil(now + Math.max(0, time.toNanos()));
  }

  private void sleepUntil(long time) {
    Fiber self = current;
    do {
      resumeAt(self, time);
      passOn(self);
    } while (now < time);
  }

  /** Lets the current thread wait, unless it is interrupted. */
  void sleepInterruptibly(Duration time) throws InterruptedException {
    long until = now + time.toNanos();
    await(new ArrayList<>(), () -> now >= until, until);
  }

  /** Waits among others until something holds or it is that late. Returns whether it holds. */
  boolean await(List<Fiber> waiting, BooleanSupplier until, long deadline)
      throws InterruptedException {
    Fiber self = current;
    checkAlive(self);
    while (true) {
      if (self.interrupted) {
        self.interrupted = false;
        throw new InterruptedException("interrupted in simulation");
      }
      if (until.getAsBoolean()) {
        return true;
      }
      if (now >= deadline) {
        return false;
      }
      waiting.add(self);
      if (deadline != Long.MAX_VALUE) {
        resumeAt(self, deadline);
      }
      try {
        passOn(self);
      } finally {
        waiting.remove(self);
      }
    }
  }

  /** Has a waiting thread look again. */
  void wake(Fiber fiber) {
    resumeAt(fiber, now);
  }

  /** Nothing of a process happens for a while; what was due meanwhile happens then. */
  void pause(Process process, Duration time) {
    process.pausedUntil = Math.max(process.pausedUntil, now + time.toNanos());
  }

  boolean isPaused(Process process) {
    return process.pausedUntil > now;
  }

  /** Ends a process where it stands. Its threads unwind, and reach nobody any more. */
  void kill(Process process) {
    process.dead = true;
    process.pausedUntil = 0;
    List.copyOf(process.fibers).forEach(this::wake);
  }

  /** Ends the simulation: something that must not be. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      at(now, () -> {});
    }
  }

  private void resumeAt(Fiber fiber, long time) {
    future.add(new Occurrence(time, numbers++, fiber, fiber.ticket, fiber.process, null));
  }

  /** Gives control to whoever is next, and waits until that is the caller again. */
  private void passOn(Fiber self) {
    if (self != null && self.thread != Thread.currentThread()) {
      throw new IllegalStateException("a foreign thread waits as " + self.name);
    }
    if (self != null) {
      self.goesOn = false;
    }
    Fiber next = over ? null : next();
    if (next != null && next != self) {
      next.goOn();
    }
    if (self == null) {
      return;
    }
    if (next != self) {
      while (!self.goesOn && !over) {
        LockSupport.park(this);
      }
    }
    checkAlive(self);
  }

  private void checkAlive(Fiber self) {
    if (self == driver) {
      if (failure != null) {
        throw new AssertionError(
            "at " + Duration.ofNanos(now) + ": " + failure.getMessage(), failure);
      }
    } else if (over || self.process.dead) {
      throw new Killed();
    }
  }

  private Fiber next() {
    while (failure == null) {
      Occurrence next = future.poll();
      if (next == null) {
        fail(new AssertionError("nothing is left to happen"));
        break;
      }
      if (next.time() > now) {
        awaitRest();
        now = next.time();
      }
      if (next.fiber() == null) {
        act(next.action());
      } else if (next.process().pausedUntil > now && !next.process().dead) {
        future.add(
            new Occurrence(
                next.process().pausedUntil,
                numbers++,
                next.fiber(),
                next.ticket(),
                next.process(),
                null));
      } else if (next.ticket() == next.fiber().ticket && !next.fiber().ended) {
        next.fiber().ticket++;
        current = next.fiber();
        course = course * 31 + current.name.hashCode() + now;
        turns++;
        return current;
      }
    }
    current = driver;
    return driver;
  }

  private void act(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** The threads of detached runs unwind by themselves; that takes no time. */
  private void awaitRest() {
    for (Process process : processes) {
      List<Thread> branches = process.branches;
      for (int i = branches.size() - 1; i >= 0; i--) {
        Thread branch = branches.get(i);
        Thread.State state = branch.getState();
        while (state != Thread.State.WAITING
            && state != Thread.State.TIMED_WAITING
            && state != Thread.State.TERMINATED
            && state != Thread.State.NEW) {
          LockSupport.parkNanos(this, 1_000);
          state = branch.getState();
        }
        if (state == Thread.State.TERMINATED) {
          branches.set(i, branches.getLast());
          branches.removeLast();
        }
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while a simulation ended", e);
    }
  }

  /** Unwinds everything that still lives. */
  @Override
  public void close() {
    over = true;
    for (Process process : processes) {
      process.dead = true;
      for (Fiber fiber : List.copyOf(process.fibers)) {
        if (fiber.started) {
          LockSupport.unpark(fiber.thread);
          join(fiber.thread);
        }
      }
    }
  }
}
