package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended: what somebody who waits for its result has to know, taken from the record or
 * from the event that ended it.
 *
 * @param status a final one; whatever else a record says when it is not final
 * @param output of a completed run, null when it returned nothing
 * @param error of a failed run
 * @param reason of a cancelled run, if one was given
 * @param next the run that goes on in its place, or null
 */
public record RunEnd(
    RunId run,
    String workflow,
    RunStatus status,
    @Nullable Payload output,
    @Nullable Payload error,
    @Nullable String reason,
    @Nullable RunId next) {

  /** As the store has it. */
  public static RunEnd of(RunRecord run) {
    return new RunEnd(
        run.id(),
        run.workflow(),
        run.status(),
        run.output(),
        run.error(),
        run.reason(),
        run.continuedTo());
  }

  /**
   * As it was committed.
   *
   * @throws IllegalArgumentException for an event that ends no run
   */
  public static RunEnd of(String workflow, Event last) {
    return switch (last.fact()) {
      case Fact.RunCompleted f ->
          new RunEnd(last.run(), workflow, RunStatus.COMPLETED, f.output(), null, null, null);
      case Fact.RunFailed f ->
          new RunEnd(last.run(), workflow, RunStatus.FAILED, null, f.error(), null, null);
      case RunFact.Continued f ->
          new RunEnd(
              last.run(), workflow, RunStatus.COMPLETED, null, null, null, new RunId(f.nextRun()));
      case Fact.RunCancelled f -> cancelled(workflow, last, f.reason());
      case Fact.RunTerminated f -> cancelled(workflow, last, f.reason());
      default -> throw new IllegalArgumentException(last.type().word() + " ends no run");
    };
  }

  private static RunEnd cancelled(String workflow, Event last, @Nullable String reason) {
    return new RunEnd(last.run(), workflow, RunStatus.CANCELLED, null, null, reason, null);
  }
}
