package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.core.engine.program.Limits;
import dev.fantasticfour.world.core.engine.telemetry.BodyTimes;
import dev.fantasticfour.world.core.observe.Operation.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one step.
 *
 * @param number from 1
 * @param lost how many attempts were lost before it
 * @param writer asked whenever the body begins, and greater each time, also after an owner was
 *     lost: what streams are fenced by
 * @param progress what it says of how far it has come
 * @param streamUsed called before it writes to a stream of the run
 * @param origin where it comes from, for people
 */
public record Attempt(
    RunId run,
    String stepId,
    String stepName,
    int number,
    int lost,
    IntSupplier writer,
    Bounds bounds,
    Progress progress,
    Runnable streamUsed,
    Origin origin) {

  /**
   * Where an attempt comes from: for the log and for observers, and for nothing else.
   *
   * @param workflow null where it is not known
   * @param branch path of the branch that asked for the step; null where it is not known
   * @param times where it is noted when the body begins and ends
   * @param context what came with the message of a queued step, for observers
   */
  public record Origin(
      @Nullable String workflow,
      @Nullable String branch,
      Placement placement,
      BodyTimes times,
      Map<String, String> context) {}

  /**
   * How long it may take.
   *
   * @param timeout from the beginning of its body, or null
   * @param until by then all attempts must be over, or null
   * @param overall how long that was from the first, for people; null without
   * @param silence how long it may go without a heartbeat, or null
   */
  public record Bounds(
      @Nullable Duration timeout,
      @Nullable Instant until,
      @Nullable Duration overall,
      @Nullable Duration silence) {

    /** None. */
    public static final Bounds NONE = new Bounds(null, null, null, null);

    /** Those of a step that was asked for then. */
    public static Bounds of(StepOptions options, Instant asked) {
      Duration overall = options.overallTimeout();
      return new Bounds(
          options.timeout(),
          overall == null ? null : Limits.after(asked, overall),
          overall,
          options.heartbeatTimeout());
    }

    /** When an attempt that begins then has to be over, or null. */
    @Nullable Instant deadline(Instant begins) {
      Instant own = timeout == null ? null : Limits.after(begins, timeout);
      return until == null || own != null && own.isBefore(until) ? own : until;
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return "attempt " + number + " of step '" + stepName + "' of run " + run;
  }
}
