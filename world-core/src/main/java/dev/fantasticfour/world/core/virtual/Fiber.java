package dev.fantasticfour.world.core.virtual;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that lives in virtual time. Its fields are the timeline's, under its lock but for those
 * that are volatile.
 */
final class Fiber {

  final @Nullable VirtualProcess process;
  final String name;
  final Thread thread;
  private final Timeline timeline;

  /** Whether control is its own. */
  volatile boolean goesOn;

  volatile boolean interrupted;
  boolean started;
  volatile boolean ended;

  /** Counted up whenever it goes on. */
  long ticket;

  /**
   * Whether it has waited for something that is not of this timeline for so long that control was
   * given to others meanwhile.
   */
  boolean astray;

  /** What is wrong with its waiting any longer; null as long as nothing is. */
  @Nullable String vain;

  /** A thread that the timeline starts. */
  Fiber(Timeline timeline, VirtualProcess process, String name, Runnable body) {
    this.timeline = timeline;
    this.process = process;
    this.name = name;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> timeline.live(this, body));
  }

  /** The calling thread, which belongs to no process: that of a test. */
  Fiber(Timeline timeline) {
    this.timeline = timeline;
    this.process = null;
    this.thread = Thread.currentThread();
    this.name = thread.getName();
    this.started = true;
  }

  /** Whether it is the thread of a test, or any other that the timeline has not started. */
  boolean isGuest() {
    return process == null;
  }

  boolean isDead() {
    return process != null && process.isDead();
  }

  /** Lets it go on, now that control is its own. */
  void goOn() {
    if (started) {
      LockSupport.unpark(thread);
    } else {
      started = true;
      thread.start();
    }
  }

  void interrupt() {
    timeline.interrupt(this);
  }

  void forgetInterrupt() {
    interrupted = false;
    if (thread == Thread.currentThread()) {
      boolean unused = Thread.interrupted();
    }
  }

  /** Whether it was interrupted since it was asked last. By its own thread. */
  boolean takeInterrupt() {
    boolean taken = interrupted | Thread.interrupted();
    interrupted = false;
    return taken;
  }

  /**
   * Ends what is dead, and tells a guest what went wrong.
   *
   * @param over whether the timeline is
   */
  void checkAlive(boolean over, @Nullable Throwable failure, long now) {
    if (!isGuest()) {
      if (over || isDead()) {
        throw new Killed();
      }
      return;
    }
    if (over) {
      throw new TimeStandsStill("its time is over: the world of this test is closed");
    }
    if (failure != null) {
      throw new AssertionError(
          "at " + Duration.ofNanos(now) + ": " + failure.getMessage(), failure);
    }
    String why = vain;
    vain = null;
    if (why != null) {
      throw new TimeStandsStill(why);
    }
  }

  /** Has it unwind, wherever it is, when its timeline is over. */
  void release() {
    if (astray || goesOn) {
      thread.interrupt();
    }
    LockSupport.unpark(thread);
  }

  /** Waits for its end until then, by the real clock. */
  void join(long until) {
    try {
      boolean unused = thread.join(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
