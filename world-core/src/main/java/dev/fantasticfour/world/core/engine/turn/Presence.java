package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether an execution is here: it executes, it only waits, or it is over. Changed by one thread at
 * a time, read by any.
 */
public final class Presence {

  private final Effects effects;
  private final Runnable onOver;
  private @Nullable Instant alarm;
  private volatile @Nullable Strand strand;
  private volatile boolean parked;
  private volatile boolean over;
  private volatile boolean usedStreams;
  private volatile boolean sent;
  private volatile Map<String, RunId> owedAtEnd = Map.of();

  public Presence(Effects effects, Runnable onOver) {
    this.effects = effects;
    this.onOver = onOver;
  }

  /** Whether it only waits for something outside. */
  public boolean isParked() {
    return parked;
  }

  /** Whether it is over here. */
  public boolean isOver() {
    return over;
  }

  /** Whether the run may have streams that its end has to end. */
  public boolean usedStreams() {
    return usedStreams;
  }

  /** A stream of the run is written to, or may have been. */
  public void streamUsed() {
    usedStreams = true;
  }

  /** Whether it may still owe something to other runs when it has ended. */
  public boolean hasSent() {
    return sent;
  }

  /** It sends something to other runs. */
  void sends() {
    sent = true;
  }

  /** What its end owes to other runs, by relay; none when only the store knows. */
  public Map<String, RunId> owedAtEnd() {
    return owedAtEnd;
  }

  /** Its end owes that, which may be nothing, and it owes nothing else. */
  void owesAtEnd(Map<String, RunId> relays) {
    owedAtEnd = relays;
    sent = !relays.isEmpty();
  }

  /** What its code runs on, once it was loaded. */
  public @Nullable Strand strand() {
    return strand;
  }

  /** Its code runs there from now on. */
  void runsOn(Strand fresh) {
    strand = fresh;
  }

  /** The code is to be built up again, and nothing of what it does now counts. */
  void detachCode() {
    Strand current = strand;
    if (current != null) {
      current.detach();
    }
  }

  /**
   * It only waits from now on, or no longer does.
   *
   * @param stays whether it was asked to leave meanwhile and could not: whoever counts those that
   *     wait counts it again
   */
  void park(boolean waits, boolean stays) {
    if (parked != waits || (waits && stays)) {
      parked = waits;
      effects.parked(waits, waits ? alarm : null);
    }
  }

  /** When it is to be woken, or null. */
  void wakeAt(@Nullable Instant time) {
    if (!Objects.equals(alarm, time)) {
      alarm = time;
      effects.alarmAt(time);
    }
  }

  /** The alarm has rung. */
  void woken() {
    alarm = null;
  }

  /** The run has ended. */
  void end(@Nullable RunEnd end) {
    over = true;
    try {
      stop();
    } finally {
      effects.ended(end);
      onOver.run();
    }
  }

  /** The execution is over here though the run is not. */
  void leave() {
    if (!over) {
      over = true;
      Instant due = alarm;
      try {
        stop();
      } finally {
        // Whatever happens, nobody may take it for being here.
        effects.gone(due);
        onOver.run();
      }
    }
  }

  /** The execution is over here because somebody keeps the run from going on. */
  void holdBack() {
    if (!over) {
      over = true;
      try {
        stop();
      } finally {
        effects.heldBack();
        onOver.run();
      }
    }
  }

  private void stop() {
    wakeAt(null);
    Strand current = strand;
    if (current != null && current.alive() > 0) {
      current.detach();
    }
  }
}
