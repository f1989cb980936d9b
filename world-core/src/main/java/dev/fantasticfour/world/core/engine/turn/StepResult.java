package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.core.engine.program.ValueRefused;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What one attempt of a step came to. */
public sealed interface StepResult {

  /** It returned; {@code result} is null when it returned null. */
  record Returned(@Nullable Payload result) implements StepResult {}

  /** It came to nothing; what World itself says of it is told from what the body threw. */
  sealed interface Failed extends StepResult {

    /** What is recorded of it. */
    Throwable thrown();
  }

  /** It threw. */
  record Threw(Throwable thrown) implements Failed {}

  /** It was interrupted at a time limit: its own, or that of all attempts. */
  record TimedOut(TimeoutException thrown) implements Failed {}

  /** It said nothing for too long and was interrupted: nobody knows how far it would have come. */
  record Lost(TimeoutException thrown) implements Failed {}

  /**
   * Its argument, its result or what it wrote to a stream is no value that can be recorded and read
   * again.
   */
  record Refused(WorldException thrown) implements Failed {}

  /** What an attempt came to that let this out. */
  static Failed of(Throwable thrown) {
    return thrown instanceof ValueRefused refused ? new Refused(refused.why()) : new Threw(thrown);
  }

  /** What follows from a failed attempt. */
  sealed interface RetryDecision {

    /** Another attempt after a pause. */
    record Retry(Duration after) implements RetryDecision {}

    /** The step has failed for good. */
    record Fail(StepFailedException.Reason reason) implements RetryDecision {}
  }

  /**
   * How a step stands when an attempt of it has come to nothing.
   *
   * @param failures how many attempts have failed, this one included if it has
   * @param losses how many were lost, this one included if it was
   * @param left how long until all attempts have to be over; null = for ever
   */
  record Standing(int failures, int losses, @Nullable Duration left) {

    private boolean isOverAfter(Duration pause) {
      return left != null && pause.compareTo(left) >= 0;
    }
  }

  /**
   * What follows from an attempt that came to nothing. Pure.
   *
   * @param random 0 to 1, for the jitter
   */
  static RetryDecision judge(Failed failed, StepOptions options, Standing at, double random) {
    RetryDecision decision =
        failed instanceof Lost
            ? afterLoss(at.losses(), options)
            : judge(failed, options.retry(), at.failures(), random);
    return decision instanceof RetryDecision.Retry retry && at.isOverAfter(retry.after())
        ? new RetryDecision.Fail(StepFailedException.Reason.TIMED_OUT)
        : decision;
  }

  /** The same in a word, for those who count. Pure. */
  static AttemptResult attemptResult(Failed failed, RetryDecision decision) {
    return switch (failed) {
      case Lost lost -> AttemptResult.LOST;
      case Failed other ->
          decision instanceof RetryDecision.Retry ? AttemptResult.RETRYING : AttemptResult.FAILED;
    };
  }

  /** What follows when so many attempts were lost. Pure. */
  static RetryDecision afterLoss(int losses, StepOptions options) {
    return losses > options.lostAttempts()
        ? new RetryDecision.Fail(StepFailedException.Reason.LOST)
        : new RetryDecision.Retry(Duration.ZERO);
  }

  /**
   * What a policy says of a failed attempt. Pure.
   *
   * @param failures how many have failed with it
   * @param random 0 to 1, for the jitter
   */
  static RetryDecision judge(Failed failed, RetryPolicy policy, int failures, double random) {
    Throwable thrown = failed.thrown();
    if (thrown instanceof FatalException || thrown instanceof ContextMisuseException) {
      return new RetryDecision.Fail(StepFailedException.Reason.FATAL);
    }
    if (failed instanceof Refused) {
      return new RetryDecision.Fail(StepFailedException.Reason.SERIALIZATION);
    }
    boolean timedOut = failed instanceof TimedOut;
    if (!policy.isUnlimited() && failures >= policy.attempts()) {
      return new RetryDecision.Fail(
          timedOut
              ? StepFailedException.Reason.TIMED_OUT
              : StepFailedException.Reason.RETRIES_EXHAUSTED);
    }
    if (thrown instanceof RetryableException retryable) {
      return new RetryDecision.Retry(retryable.after());
    }
    if (!policy.retries(thrown)) {
      return new RetryDecision.Fail(
          timedOut ? StepFailedException.Reason.TIMED_OUT : StepFailedException.Reason.NOT_RETRIED);
    }
    return new RetryDecision.Retry(policy.pauseAfter(failures, random));
  }
}
