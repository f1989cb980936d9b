package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.core.engine.program.ValueRefused;
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

  /** It was interrupted at its time limit. */
  record TimedOut(TimeoutException thrown) implements Failed {}

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
   * What follows from a failed attempt. Pure.
   *
   * @param attempt which failed, from 1
   * @param random 0 to 1, for the jitter
   */
  static RetryDecision judge(Failed failed, RetryPolicy policy, int attempt, double random) {
    Throwable thrown = failed.thrown();
    if (thrown instanceof FatalException || thrown instanceof ContextMisuseException) {
      return new RetryDecision.Fail(StepFailedException.Reason.FATAL);
    }
    if (failed instanceof Refused) {
      return new RetryDecision.Fail(StepFailedException.Reason.SERIALIZATION);
    }
    if (attempt >= policy.attempts()) {
      return new RetryDecision.Fail(
          failed instanceof TimedOut
              ? StepFailedException.Reason.TIMED_OUT
              : StepFailedException.Reason.RETRIES_EXHAUSTED);
    }
    return new RetryDecision.Retry(
        thrown instanceof RetryableException retryable
            ? retryable.after()
            : policy.pauseAfter(attempt, random));
  }
}
