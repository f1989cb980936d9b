package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.error.AttemptEndedException;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.program.Steps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt of a step whose body was asked for and has come to nothing yet. */
record RunningBody(String stepId, int attempt, BodyHandle handle) {

  /** When it began, which may be long after it was asked for: there are only so many places. */
  @Nullable Instant began() {
    return handle.startedAt();
  }

  /**
   * Whether it has not begun, and does not: its step is wanted again.
   *
   * @param steps those of the code; null while that is to be built up again
   */
  boolean withdraws(@Nullable Steps steps) {
    if (began() != null) {
      return false;
    }
    handle.cancel(AttemptEndedException.Reason.MOVED);
    StepEntry step = steps == null ? null : steps.open(stepId);
    if (steps != null && step != null) {
      steps.again(step);
    }
    return true;
  }
}
