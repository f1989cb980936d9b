package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.error.AttemptEndedException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt of a step whose body was asked for and has come to nothing yet. */
record RunningBody(String stepId, int attempt, BodyHandle handle) {

  /** When it began, which may be long after it was asked for: there are only so many places. */
  @Nullable Instant began() {
    return handle.startedAt();
  }

  /** Whether it has not begun, and does not any more. */
  boolean withdraws() {
    boolean waits = began() == null;
    if (waits) {
      handle.cancel(AttemptEndedException.Reason.MOVED);
    }
    return waits;
  }
}
