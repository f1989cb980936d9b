package dev.fantasticfour.world.core.virtual;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who goes on, and what time it is.
 *
 * <p><b>Concurrency.</b> Any thread, but for what says that it is under the lock.
 */
final class Control {

  final boolean held;
  final Fiber driver;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<VirtualProcess> processes = new LinkedHashSet<>();
  private final Set<Fiber> guests = new LinkedHashSet<>();
  private final Future future;
  private volatile @Nullable Fiber current;
  private volatile boolean over;
  private volatile long turns;
  private long course;

  /** How many threads of processes have lost control while they waited for something else. */
  private int outside;

  /** Who goes on when nothing is left to be done now; of a time that is held. */
  private @Nullable Fiber idle;

  Control(boolean held, Fiber driver) {
    this.held = held;
    this.driver = driver;
    this.future = new Future(held, processes);
    this.current = driver;
    driver.goesOn = true;
  }

  long now() {
    return future.now();
  }

  long course() {
    return course;
  }

  long turns() {
    return turns;
  }

  @Nullable Fiber current() {
    return current;
  }

  boolean isOver() {
    return over;
  }

  List<VirtualProcess> processes() {
    lock.lock();
    try {
      return List.copyOf(processes);
    } finally {
      lock.unlock();
    }
  }

  /** Does something under the lock; if nobody has control by then, whoever can go on gets it. */
  void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
      // What is done here may itself be part of finding out who is next.
      if (current == null && !over && lock.getHoldCount() == 1) {
        dispatch();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock: a process that has threads. */
  void add(VirtualProcess process) {
    processes.add(process);
  }

  /** Under the lock: somebody goes on at that time. */
  void resume(Fiber fiber, long time, Kind kind) {
    future.add(fiber, time, kind);
  }

  /** Under the lock: something is done at that time. */
  void act(Runnable action, long time) {
    future.add(action, time);
  }

  /** Something that must not be. */
  void fail(Throwable cause) {
    locked(
        () -> {
          future.fail(cause);
          future.add(driver, now(), Kind.BRIEF);
        });
  }

  void end() {
    over = true;
    locked(() -> guests.forEach(guest -> LockSupport.unpark(guest.thread)));
  }

  // Control passes
  // -----------------------------------------------------------------------------------------

  /** Gets control back where the calling thread has lost it or never had it. */
  void enter(Fiber self) {
    if (held && current != self) {
      locked(
          () -> {
            isBack(self);
            self.goesOn = false;
            future.add(self, now(), Kind.BRIEF);
          });
      awaitControl(self);
    }
  }

  /** Gives control to whoever is next, and waits until that is the caller again. */
  void passOn(Fiber self) {
    if (self.thread != Thread.currentThread()) {
      throw new IllegalStateException("a foreign thread waits as " + self.name);
    }
    lock.lock();
    try {
      self.goesOn = false;
      if (held && self.isGuest() && self != idle) {
        future.mayRest();
      }
      if (!over) {
        dispatch();
      }
    } finally {
      lock.unlock();
    }
    awaitControl(self);
  }

  /** Waits until nothing is left to be done now. */
  void awaitIdle(Fiber self) {
    enter(self);
    locked(
        () -> {
          if (idle != null) {
            throw new IllegalStateException("another thread moves the time of this test already");
          }
          idle = self;
          future.mayGoOnBriefly();
        });
    try {
      passOn(self);
    } finally {
      locked(() -> idle = null);
    }
    if (self.interrupted) {
      self.interrupted = false;
      self.thread.interrupt();
      throw new TimeStandsStill("the thread of the test was interrupted");
    }
  }

  /** The thread of that fiber is no more. */
  void ended(Fiber self) {
    locked(
        () -> {
          self.ended = true;
          isBack(self);
          if (self.process != null) {
            self.process.fibers.remove(self);
          }
          if (current == self) {
            current = null;
          }
        });
  }

  /** Under the lock: a thread that had lost control is here again, or is no more. */
  void isBack(Fiber fiber) {
    if (fiber.astray) {
      fiber.astray = false;
      outside--;
    }
  }

  /** Who has control has waited for something else since there were so many turns: others go on. */
  void leaveAlone(Fiber fiber, long seen) {
    locked(
        () -> {
          if (current == fiber && turns == seen) {
            if (fiber.isDead()) {
              fiber.thread.interrupt();
            } else if (!fiber.isGuest() && !fiber.astray) {
              fiber.astray = true;
              outside++;
            }
            fiber.goesOn = false;
            current = null;
          }
        });
  }

  /** A call of somebody who only visits is over: the others do not wait for what it does now. */
  void letGo(Fiber self) {
    if (held && self.isGuest() && self != driver) {
      locked(
          () -> {
            if (current == self) {
              self.goesOn = false;
              current = null;
            }
          });
    }
  }

  /** Whoever of a test waits, waits in vain. */
  void giveUp(String why) {
    locked(
        () ->
            guests.forEach(
                guest -> {
                  guest.vain = why;
                  future.addFirst(guest);
                }));
  }

  private void awaitControl(Fiber self) {
    if (held && self.isGuest()) {
      locked(() -> guests.add(self));
    }
    while (!self.goesOn && !over) {
      LockSupport.park(this);
      // Otherwise waiting would be spinning.
      if (Thread.interrupted()) {
        self.interrupted = true;
        if (held && self.isGuest()) {
          locked(() -> future.addFirst(self));
        }
      }
    }
    if (held && self.isGuest()) {
      locked(() -> guests.remove(self));
    }
    checkAlive(self);
  }

  void checkAlive(Fiber self) {
    self.checkAlive(over, future.failure(), now());
  }

  // Who is next
  // -----------------------------------------------------------------------------------------

  /** Under the lock: gives control to whoever is next; to nobody when nobody can go on. */
  private void dispatch() {
    Fiber next = next();
    current = next;
    if (next != null) {
      next.ticket++;
      next.goesOn = true;
      turns++;
      course = course * 31 + next.name.hashCode() + now();
      next.goOn();
    }
  }

  private @Nullable Fiber next() {
    Fiber next = future.next(idle == null && outside == 0 && !driver.goesOn);
    if (future.failure() != null) {
      return !held || !driver.goesOn ? driver : guests.stream().findFirst().orElse(null);
    }
    return next != null || outside > 0 ? next : idle;
  }

  /** The next time that somebody waits for so, or {@code Long.MAX_VALUE}. */
  long nextTime(Kind kind) {
    lock.lock();
    try {
      return future.nextTime(kind);
    } finally {
      lock.unlock();
    }
  }

  void moveTo(long time) {
    locked(() -> future.moveTo(time));
  }
}
