package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.turn.BodyHandle;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.observe.Operation.Placement;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/** Runs the bodies of the steps of runs that live here. */
public final class InlineSteps {

  /** No step begins as often under one owner; so that the writers of later owners are higher. */
  private static final int BEGINS_PER_EPOCH = 10_000;

  private final BodyRunner runner;
  private final PayloadCodec codec;

  /**
   * @param codec writes down how far bodies have come
   */
  public InlineSteps(BodyRunner runner, PayloadCodec codec) {
    this.runner = runner;
    this.codec = codec;
  }

  /** An attempt, not started; its execution is told what it comes to. */
  public BodyHandle body(RunExecution execution, StepEntry step, int number, StartGate gate) {
    String id = step.id();
    // What an attempt here has said the next one here sees; nothing of that is recorded.
    Progress progress = new Progress(codec, step::progress);
    Attempt attempt =
        new Attempt(
            execution.run(),
            id,
            step.site().name(),
            number,
            step.losses(),
            new Writers(execution, id, number, step.losses() > 0),
            bounds(step),
            progress,
            execution::streamUsed,
            origin(execution, step));
    BodyRun.Answers answers =
        new BodyRun.Answers() {
          @Override
          public boolean finished(StepResult result) {
            Payload newest = progress.newest();
            if (newest != null) {
              step.progress(newest);
            }
            return execution.finished(id, number, result);
          }

          @Override
          public void goOn() {
            execution.goOn();
          }

          @Override
          public void runsLong() {
            execution.runsLong(id, number);
          }
        };
    return runner.body(attempt, Objects.requireNonNull(step.body()), gate, answers);
  }

  private static Attempt.Origin origin(RunExecution execution, StepEntry step) {
    String branch = step.site().branch();
    return new Attempt.Origin(
        execution.workflow(),
        branch,
        Placement.INLINE,
        execution.telemetry().body(step.id(), branch),
        Map.of());
  }

  private static Attempt.Bounds bounds(StepEntry step) {
    StepOptions options = step.options();
    return new Attempt.Bounds(
        options.timeout(), step.until(), options.overallTimeout(), options.heartbeatTimeout());
  }

  /** Numbers the begins of a body. One thread at a time. */
  private static final class Writers implements IntSupplier {

    private final RunExecution execution;
    private final String step;
    private final int attempt;
    private boolean begun;

    /**
     * @param begun whether a body may still run that began under the same number
     */
    Writers(RunExecution execution, String step, int attempt, boolean begun) {
      this.begun = begun;
      this.execution = execution;
      this.step = step;
      this.attempt = attempt;
    }

    @Override
    public int getAsInt() {
      // Also the attempts that follow must be greater than one that had to begin again.
      int again = begun ? execution.beginsAgain(step) : execution.begunAgain(step);
      begun = true;
      return (int)
          Math.min(Integer.MAX_VALUE, (execution.epoch() - 1) * BEGINS_PER_EPOCH + attempt + again);
    }
  }
}
