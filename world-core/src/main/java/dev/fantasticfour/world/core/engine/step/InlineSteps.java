package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.run.Host;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.run.StepEntry;
import dev.fantasticfour.world.core.engine.run.StepResult;
import java.util.Objects;

/** Runs the bodies of the steps of runs that live here. */
public final class InlineSteps {

  /** No step has as many attempts under one owner; so that attempts of later owners are higher. */
  private static final int ATTEMPTS_PER_EPOCH = 10_000;

  private final BodyRunner runner;

  public InlineSteps(BodyRunner runner) {
    this.runner = runner;
  }

  /** An attempt, not started; its execution is told what it comes to. */
  public Host.BodyHandle body(
      RunExecution execution, StepEntry step, int number, BodyRunner.StartGate gate) {
    String id = step.id();
    Attempt attempt =
        new Attempt(
            execution.run(),
            id,
            step.site().name(),
            number,
            (int)
                Math.min(Integer.MAX_VALUE, (execution.epoch() - 1) * ATTEMPTS_PER_EPOCH + number),
            step.options().timeout(),
            execution::streamUsed);
    BodyRun.Answers answers =
        new BodyRun.Answers() {
          @Override
          public boolean finished(StepResult result) {
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
}
