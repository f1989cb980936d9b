package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What one attempt of a step came to. */
public sealed interface StepResult {

  /** It returned; {@code result} is null when it returned null. */
  record Returned(@Nullable Payload result) implements StepResult {}

  /** It threw, or was interrupted at its timeout ({@link TimeoutException}). */
  record Threw(Throwable thrown) implements StepResult {}

  /** What follows from a failed attempt. */
  sealed interface Verdict {

    /** Another attempt after a pause. */
    record Retry(Duration after) implements Verdict {}

    /** The step has failed for good. */
    record Fail(StepFailedException.Reason reason) implements Verdict {}
  }

  /**
   * What follows from a failed attempt. Pure.
   *
   * @param attempt which failed, from 1
   * @param random 0 to 1, for the jitter
   */
  static Verdict judge(Throwable thrown, RetryPolicy policy, int attempt, double random) {
    if (thrown instanceof FatalException) {
      return new Verdict.Fail(StepFailedException.Reason.FATAL);
    }
    if (thrown instanceof WorldException e && e.code() == ErrorCode.SERIALIZATION) {
      return new Verdict.Fail(StepFailedException.Reason.SERIALIZATION);
    }
    if (attempt >= policy.attempts()) {
      return new Verdict.Fail(
          thrown instanceof TimeoutException
              ? StepFailedException.Reason.TIMED_OUT
              : StepFailedException.Reason.RETRIES_EXHAUSTED);
    }
    return new Verdict.Retry(
        thrown instanceof RetryableException retryable
            ? retryable.after()
            : policy.pauseAfter(attempt, random));
  }
}
