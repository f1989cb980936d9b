package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one step.
 *
 * @param number from 1
 * @param writer asked whenever the body begins, and greater each time, also after an owner was
 *     lost: what streams are fenced by
 * @param timeout how long it may take, or null
 * @param streamUsed called before it writes to a stream of the run
 */
public record Attempt(
    RunId run,
    String stepId,
    String stepName,
    int number,
    IntSupplier writer,
    @Nullable Duration timeout,
    Runnable streamUsed) {

  /** For people. */
  @Override
  public String toString() {
    return "attempt " + number + " of step '" + stepName + "' of run " + run;
  }
}
