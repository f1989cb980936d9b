package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Rings when a body is over its time, or has been silent for too long. What it says meanwhile sets
 * no alarm: that is looked at when the alarm rings, and then it is set anew.
 */
final class BoundAlarm implements Runnable {

  private final Machine machine;
  private final InstantSource clock;
  private final AlarmClock alarms;
  private final BodyRun body;
  private final @Nullable Instant deadline;
  private volatile boolean over;

  BoundAlarm(
      Machine machine,
      InstantSource clock,
      AlarmClock alarms,
      BodyRun body,
      @Nullable Instant deadline) {
    this.machine = machine;
    this.clock = clock;
    this.alarms = alarms;
    this.body = body;
    this.deadline = deadline;
  }

  /** The body begins. */
  void set() {
    Instant silent = body.silentAt();
    alarms.set(
        this, silent == null || deadline != null && deadline.isBefore(silent) ? deadline : silent);
  }

  /** The body has ended. */
  void end() {
    over = true;
    alarms.set(this, null);
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Instant silent = body.silentAt();
    boolean isNext;
    if (deadline != null && !deadline.isAfter(now)) {
      isNext = body.timesOut(now);
    } else if (silent != null && !silent.isAfter(now)) {
      isNext = body.isLost();
    } else {
      isNext = false;
      set();
      if (over) {
        // It ended between the two: nothing may stay set for it.
        alarms.set(this, null);
      }
    }
    if (isNext) {
      machine.start("turn", body::goOn);
    }
  }
}
