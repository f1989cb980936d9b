package dev.fantasticfour.world.core.virtual;

import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks, in real time, after threads that wait for something that is not of their timeline. The
 * only thing about a timeline that goes by a real clock, and it changes nothing as long as nobody
 * waits elsewhere.
 */
final class Watch {

  private static final Duration LOOK = Duration.ofMillis(5);

  /** Found so often at rest, one after the other, a thread waits for something else. */
  private static final int LOOKS = 4;

  /** So many times its patience the same instant may last. */
  private static final int INSTANTS = 3;

  private final Control control;
  private final long patience;
  private final LivedTime lived =
      new LivedTime(System::nanoTime, Watch::processorTime, new Opportunity());
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param patience for so long nothing may happen, in the time that the process has lived
   */
  Watch(Control control, Duration patience) {
    this.control = control;
    this.patience = patience.toNanos();
    this.thread = Thread.ofPlatform().name("world-test watch").daemon().unstarted(this::run);
    thread.start();
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    long seen = -1;
    long since = 0;
    long instant = -1;
    long instantSince = 0;
    int looks = 0;
    while (!closed) {
      LockSupport.parkNanos(this, LOOK.toNanos());
      long turns = control.turns();
      Fiber holder = control.current();
      if (control.now() != instant) {
        instant = control.now();
        instantSince = lived.nanos();
      }
      if (turns != seen) {
        seen = turns;
        since = lived.happening();
        looks = 0;
        if (since - instantSince > patience * INSTANTS) {
          control.giveUp(
              "for " + seconds(patience * INSTANTS) + " all that happens happens at once");
          instantSince = since;
        }
        continue;
      }
      boolean rests = holder == null || rests(holder);
      long now = rests ? lived.waiting() : lived.computing();
      if (now - since > patience) {
        giveUp(holder, turns);
        since = now;
      } else {
        looks = holder != null && rests ? looks + 1 : 0;
        if (holder != null && looks == LOOKS) {
          control.leaveAlone(holder, turns);
        }
      }
    }
  }

  /** Real time as this process has lived it, in nanoseconds. */
  long lived() {
    return lived.nanos();
  }

  private static long processorTime() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .orElseGet(System::nanoTime);
  }

  private static boolean rests(Fiber holder) {
    VirtualProcess process = holder.process;
    return process == null
        ? VirtualProcess.rests(holder.thread) || isInNativeCode(holder.thread)
        : VirtualProcess.rests(holder.thread) && !process.computes();
  }

  /** As a platform thread that waits for a socket: its state says that it runs. */
  private static boolean isInNativeCode(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  private void giveUp(@Nullable Fiber holder, long turns) {
    String where = elsewhere(holder);
    control.giveUp(
        "nothing has happened for "
            + seconds(patience)
            + (where.isEmpty()
                ? ", and nothing will before time is moved on: by the world of the test, as its"
                    + " advance, result and await do, and not by waiting at its client"
                : "; time does not move while a thread is elsewhere:" + where));
    if (holder != null) {
      // Even one that computes must not keep a test waiting for ever.
      control.leaveAlone(holder, turns);
    }
  }

  private static String seconds(long nanos) {
    return Duration.ofNanos(nanos).toSeconds() + " s";
  }

  private String elsewhere(@Nullable Fiber holder) {
    StringJoiner text = new StringJoiner("");
    if (holder != null && holder.isGuest()) {
      text.add(described(holder.thread));
    }
    for (VirtualProcess process : control.processes()) {
      control.locked(
          () ->
              process.fibers.stream()
                  .filter(fiber -> fiber.astray || fiber == holder)
                  .forEach(fiber -> text.add(described(fiber.thread))));
      process.elsewhere().forEach(branch -> text.add(described(branch)));
    }
    return text.toString();
  }

  private static String described(Thread thread) {
    StringJoiner text =
        new StringJoiner("\n      at ", "\n    '" + thread.getName() + "'\n      at ", "");
    for (StackTraceElement frame : thread.getStackTrace()) {
      text.add(frame.toString());
    }
    return text.toString();
  }
}
