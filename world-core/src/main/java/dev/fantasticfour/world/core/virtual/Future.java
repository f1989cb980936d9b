package dev.fantasticfour.world.core.virtual;

import dev.fantasticfour.world.core.virtual.Agenda.Occurrence;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens next, and what time it is. Whoever uses it holds the lock of the timeline, but for
 * what time it is and what went wrong.
 */
final class Future {

  /** How far the pauses of the engine may take time by themselves before somebody moves it. */
  private static final long BRIEFLY = Duration.ofSeconds(1).toNanos();

  /** How far it goes by itself while a test waits for something of its client. */
  private static final long RESTING = Duration.ofMinutes(1).toNanos();

  private final Agenda agenda = new Agenda();
  private final boolean held;
  private final Set<VirtualProcess> processes;
  private volatile long now;
  private volatile @Nullable Throwable failure;

  /** Up to here time goes by itself where it is held. */
  private long horizon = BRIEFLY;

  /** Up to here it goes for whatever comes, as long as somebody waits who does not move it. */
  private long restHorizon;

  /**
   * @param processes whose threads come to rest before time passes that is free
   */
  Future(boolean held, Set<VirtualProcess> processes) {
    this.held = held;
    this.processes = processes;
  }

  long now() {
    return now;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** Something that must not be; only the first counts. */
  void fail(Throwable cause) {
    failure = failure == null ? cause : failure;
  }

  void add(Fiber fiber, long time, Kind kind) {
    agenda.add(fiber, time, kind);
  }

  /** Before all others. */
  void addFirst(Fiber fiber) {
    agenda.add(fiber, Long.MIN_VALUE, Kind.BRIEF);
  }

  void add(Runnable action, long time) {
    agenda.add(action, Math.max(now, time));
  }

  /** The pauses of the engine may take time on a little from here. */
  void mayGoOnBriefly() {
    horizon = now + BRIEFLY;
  }

  /** Somebody waits who does not move time: it passes for a while, as it would. */
  void mayRest() {
    restHorizon = now + RESTING;
  }

  void moveTo(long time) {
    now = Math.max(now, time);
  }

  long nextTime(Kind kind) {
    Occurrence next = agenda.first(kind);
    return next == null ? Long.MAX_VALUE : next.time();
  }

  /**
   * Who goes on next, when everything has been done that is to be done before.
   *
   * @param rests whether somebody waits who does not move time
   * @return null when nobody can go on now
   */
  @Nullable Fiber next(boolean rests) {
    while (failure == null) {
      Occurrence next = upcoming(rests);
      if (next == null) {
        if (!held) {
          fail(new AssertionError("nothing is left to happen"));
        }
        return null;
      }
      Fiber ready = happens(next);
      if (ready != null) {
        return ready;
      }
    }
    return null;
  }

  private @Nullable Occurrence upcoming(boolean rests) {
    Occurrence next = agenda.first();
    if (next != null && (!held || next.time() <= now)) {
      return next;
    }
    if (next == null || !held) {
      return null;
    }
    return rests && next.time() <= restHorizon ? next : brief();
  }

  /** The pause of the engine that is over next, if time may go there by itself. */
  private @Nullable Occurrence brief() {
    Occurrence brief = agenda.first(Kind.BRIEF);
    Occurrence time = agenda.first(Kind.TIME);
    boolean mayPass =
        brief != null && brief.time() <= horizon && (time == null || brief.time() < time.time());
    return mayPass ? brief : null;
  }

  private @Nullable Fiber happens(Occurrence next) {
    agenda.remove(next);
    if (next.time() > now) {
      if (!held) {
        // Threads of detached runs unwind by themselves; that takes no time.
        processes.forEach(VirtualProcess::awaitRest);
      }
      now = next.time();
    }
    Fiber fiber = next.fiber();
    Runnable action = next.action();
    if (action != null) {
      act(action);
    }
    if (fiber == null) {
      return null;
    }
    VirtualProcess process = fiber.process;
    if (process != null && process.pausedUntil > now && !process.isDead()) {
      agenda.add(fiber, process.pausedUntil, Kind.BRIEF);
      return null;
    }
    return fiber;
  }

  private void act(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }
}
