package dev.fantasticfour.world.core.virtual;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, and threads that live in it. Of all threads one goes on at any moment; it hands on
 * only where it waits, and always to whoever is next on the one list of things to come. So what
 * happens follows from what the threads do, and from nothing else. Threads are real ones, so the
 * code that runs on them is the real code.
 *
 * <p>Where time is <em>free</em> it moves to whatever is next as soon as everybody waits: a
 * simulation. Where it is <em>held</em>, in the test of an application, only {@link #moveTo} moves
 * it, but for the short pauses of the engine. A thread that waits for something that is not of this
 * timeline, as a body does that reads a file, keeps nobody else from going on for longer than a
 * moment, and keeps time from moving until it is back.
 *
 * <p><b>Concurrency.</b> Made by the thread that drives it, which has control at first. Where time
 * is held, any other thread may call in as well, and waits for control as all do.
 */
public final class Timeline implements AutoCloseable {

  /** What a thread may take to unwind that was somewhere else when its timeline ended. */
  private static final Duration UNWINDING = Duration.ofSeconds(2);

  // Not in the threads, which outlive their timelines.
  private final Map<Thread, Fiber> own = new ConcurrentHashMap<>();
  private final Control control;
  private final @Nullable Watch watch;

  private Timeline(@Nullable Duration patience) {
    Fiber driver = new Fiber(this);
    own.put(driver.thread, driver);
    this.control = new Control(patience != null, driver);
    this.watch = patience == null ? null : new Watch(control, patience);
  }

  /** A timeline whose time is free, driven by the calling thread. */
  public static Timeline free() {
    return new Timeline(null);
  }

  /**
   * A timeline whose time is held, driven by the calling thread.
   *
   * @param patience in real time that the process has lived: for so long nothing may happen before
   *     whoever waits in vain is thrown a {@link TimeStandsStill}
   */
  public static Timeline held(Duration patience) {
    return new Timeline(patience);
  }

  /** Nanoseconds since the beginning. */
  public long now() {
    return control.now();
  }

  /** A number that says what has happened so far: the same for the same seed. */
  public long course() {
    return control.course();
  }

  /** How often somebody went on. */
  public long turns() {
    return control.turns();
  }

  // Threads
  // -----------------------------------------------------------------------------------------

  /** Starts a thread; it begins when its turn comes. */
  public void start(VirtualProcess process, String name, Runnable body) {
    Fiber fiber = new Fiber(this, process, name, body);
    control.locked(
        () -> {
          if (!process.isDead()) {
            control.add(process);
            process.fibers.add(fiber);
            control.resume(fiber, now(), Kind.BRIEF);
          }
        });
  }

  void live(Fiber self, Runnable body) {
    own.put(self.thread, self);
    try {
      if (!self.isDead() && !control.isOver()) {
        body.run();
      }
    } catch (Killed e) {
      // As it should.
    } catch (Throwable e) {
      if (!self.isDead() && !control.isOver()) {
        fail(new AssertionError("thread '" + self.name + "' died", e));
      }
    } finally {
      own.remove(self.thread);
      control.ended(self);
    }
  }

  /** A thread that others drive; free time does not pass before it has come to rest. */
  Thread branch(VirtualProcess process, Runnable body) {
    Thread thread = Thread.ofVirtual().unstarted(body);
    control.locked(() -> control.add(process));
    process.add(thread);
    return thread;
  }

  /** The calling thread; one that was not started here becomes a guest. */
  Fiber self() {
    // Where time is free, whatever goes on does so for the one that has control.
    Fiber current = control.held ? null : control.current();
    return current == null
        ? own.computeIfAbsent(Thread.currentThread(), thread -> new Fiber(this))
        : current;
  }

  /** Has something done at that time, whoever is alive then, under the lock of this timeline. */
  public void at(long time, Runnable action) {
    control.locked(() -> control.act(action, time));
  }

  /** Nothing of a process happens for a while; what was due meanwhile happens then. */
  public void pause(VirtualProcess process, Duration time) {
    control.locked(
        () -> process.pausedUntil = Math.max(process.pausedUntil, now() + time.toNanos()));
  }

  /** Whether nothing of a process happens just now. */
  public boolean isPaused(VirtualProcess process) {
    return process.pausedUntil > now();
  }

  /** Ends a process where it stands. Its threads unwind, and reach nobody any more. */
  public void kill(VirtualProcess process) {
    control.locked(
        () -> {
          process.die();
          for (Fiber fiber : process.fibers) {
            boolean isElsewhere = fiber.astray || fiber.started && fiber.goesOn;
            control.isBack(fiber);
            if (!isElsewhere) {
              control.resume(fiber, now(), Kind.BRIEF);
            } else if (fiber.thread != Thread.currentThread()) {
              fiber.thread.interrupt();
            }
          }
        });
  }

  /** Ends the simulation: something that must not be. */
  public void fail(Throwable cause) {
    control.fail(cause);
  }

  void interrupt(Fiber fiber) {
    control.locked(
        () -> {
          fiber.interrupted = true;
          if (fiber.astray) {
            fiber.thread.interrupt();
          } else {
            control.resume(fiber, now(), Kind.BRIEF);
          }
        });
  }

  // Waiting
  // -----------------------------------------------------------------------------------------

  /** Ends the current thread when its process was killed. */
  public void checkAlive() {
    control.checkAlive(self());
  }

  /** Lets the current thread wait, come what may. */
  public void sleep(Duration time) {
    Fiber self = self();
    long until = now() + Math.max(0, time.toNanos());
    do {
      control.locked(() -> control.resume(self, until, Kind.TIME));
      control.passOn(self);
    } while (now() < until);
  }

  /** Lets the current thread wait, unless it is interrupted. */
  public void sleepInterruptibly(Duration time) throws InterruptedException {
    long until = now() + time.toNanos();
    boolean unused = await(new ArrayList<>(), () -> now() >= until, until, Kind.TIME);
  }

  /**
   * Waits among others until something holds or it is that late. Where time is held, it does not
   * move far for a thread that was not started here.
   *
   * @param waiting who {@link #wake} is to wake; of this timeline, under its lock
   * @param deadline {@code Long.MAX_VALUE} = never
   * @return whether it holds
   */
  boolean await(List<Fiber> waiting, BooleanSupplier until, long deadline, Kind kind)
      throws InterruptedException {
    Fiber self = self();
    control.enter(self);
    control.checkAlive(self);
    control.locked(() -> waiting.add(self));
    try {
      while (true) {
        if (self.takeInterrupt()) {
          throw new InterruptedException("interrupted in virtual time");
        }
        if (until.getAsBoolean()) {
          return true;
        }
        if (now() >= deadline) {
          return false;
        }
        if (deadline != Long.MAX_VALUE) {
          Kind moved = control.held && self.isGuest() ? Kind.REST : kind;
          control.locked(() -> control.resume(self, deadline, moved));
        }
        control.passOn(self);
      }
    } finally {
      control.locked(() -> waiting.remove(self));
      control.letGo(self);
    }
  }

  /** Has waiting threads look again. */
  void wake(List<Fiber> waiting) {
    control.locked(() -> waiting.forEach(fiber -> control.resume(fiber, now(), Kind.BRIEF)));
  }

  // Time that is held
  // -----------------------------------------------------------------------------------------

  /** Real nanoseconds, as far as the process has lived them: by them somebody waits in vain. */
  public long lived() {
    return watch == null ? 0 : watch.lived();
  }

  /**
   * Waits until nothing is left to be done at this time: every thread waits for another time or for
   * somebody else.
   *
   * @throws TimeStandsStill when a thread does not come back from elsewhere
   */
  public void awaitIdle() {
    control.awaitIdle(self());
  }

  /** Refuses a thread of a process. */
  public void requireGuest(String why) {
    if (!self().isGuest()) {
      throw new IllegalStateException(why);
    }
  }

  /** The next time that somebody waits for, or {@code Long.MAX_VALUE}. While all is idle. */
  public long next() {
    return Math.min(control.nextTime(Kind.TIME), control.nextTime(Kind.BRIEF));
  }

  /** When the first rhythm comes round, or {@code Long.MAX_VALUE}. While all is idle. */
  public long nextRest() {
    return control.nextTime(Kind.REST);
  }

  /** Moves time on; what is due then happens when the caller waits next. While all is idle. */
  public void moveTo(long time) {
    control.moveTo(time);
  }

  /** Unwinds everything that still lives. */
  @Override
  public void close() {
    control.end();
    if (watch != null) {
      watch.close();
    }
    List<Fiber> alive = new ArrayList<>();
    for (VirtualProcess process : control.processes()) {
      control.locked(
          () -> {
            process.die();
            process.fibers.stream().filter(fiber -> fiber.started).forEach(alive::add);
          });
    }
    alive.forEach(Fiber::release);
    long until = System.nanoTime() + UNWINDING.toNanos();
    alive.forEach(fiber -> fiber.join(until));
  }
}
