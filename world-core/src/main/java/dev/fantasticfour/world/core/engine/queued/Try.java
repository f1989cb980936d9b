package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.core.engine.step.Attempt;
import dev.fantasticfour.world.core.engine.step.Progress;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The next attempt of a queued step, as its row and its options have it. Pure.
 *
 * @param losesOne whether one is under way, of which nobody will hear any more
 * @param failures attempts that have failed before; those that were lost, or not begun, have not
 * @param losses attempts that were lost before, the one included that is lost by this
 */
record Try(
    int number,
    boolean losesOne,
    int failures,
    int losses,
    StepOptions options,
    Attempt.Bounds bounds) {

  /** No body has to begin as often in one attempt; so that the writers of later ones are higher. */
  private static final int BEGINS_PER_ATTEMPT = 10_000;

  static Try after(StepRecord step, StepOptions options) {
    boolean losesOne = step.status() == StepStatus.RUNNING;
    return new Try(
        step.attempt() + 1,
        losesOne,
        step.failedAttempts(),
        step.lostAttempts() + (losesOne ? 1 : 0),
        options,
        Attempt.Bounds.of(options, step.createdAt()));
  }

  /** Whether the time for all attempts is over. */
  boolean isOverdue(Instant now) {
    Instant until = bounds.until();
    return until != null && !until.isAfter(now);
  }

  /** Whether there is no next attempt, because too many were lost. */
  boolean isLostForGood() {
    return losesOne
        && StepResult.afterLoss(losses, options) instanceof StepResult.RetryDecision.Fail;
  }

  /** How the step stands when this attempt has come to nothing. */
  StepResult.Standing standing(StepResult.Failed failed, Instant now) {
    boolean isLoss = failed instanceof StepResult.Lost;
    Instant until = bounds.until();
    return new StepResult.Standing(
        failures + (isLoss ? 0 : 1),
        losses + (isLoss ? 1 : 0),
        until == null ? null : Duration.between(now, until));
  }

  /** The attempt itself. */
  Attempt attempt(StepRecord step, Progress progress, Attempt.Origin origin) {
    AtomicInteger begins = new AtomicInteger();
    return new Attempt(
        step.run(),
        step.id(),
        step.name(),
        number,
        losses,
        () ->
            (int)
                Math.min(
                    Integer.MAX_VALUE,
                    (long) number * BEGINS_PER_ATTEMPT + begins.getAndIncrement()),
        bounds,
        progress,
        () -> {},
        origin);
  }
}
