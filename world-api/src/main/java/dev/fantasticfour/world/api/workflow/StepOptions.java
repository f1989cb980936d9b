package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a step is run.
 *
 * @param timeout time limit of each attempt, after which its body is interrupted and the attempt
 *     has failed; null = none
 */
public record StepOptions(RetryPolicy retry, @Nullable Duration timeout, Placement placement) {

  /** Who runs the body. */
  public enum Placement {
    /** The worker that owns the run. One append per step. */
    INLINE,
    /** Any worker that takes the step's message. Only for registered bodies. */
    QUEUED
  }

  /** The default retry policy, no timeout, inline. */
  public static final StepOptions DEFAULT =
      new StepOptions(RetryPolicy.DEFAULT, null, Placement.INLINE);

  public StepOptions {
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "step timeout must be positive, is " + timeout);
    }
  }

  /** The same with another retry policy. */
  public StepOptions retry(RetryPolicy newRetry) {
    return new StepOptions(newRetry, timeout, placement);
  }

  /** The same with that many attempts. */
  public StepOptions attempts(int attempts) {
    return retry(
        new RetryPolicy(
            attempts, retry.initial(), retry.multiplier(), retry.max(), retry.jitter()));
  }

  /** The same with a time limit for each attempt. */
  public StepOptions timeout(Duration newTimeout) {
    return new StepOptions(retry, newTimeout, placement);
  }

  /** The same, run there. */
  public StepOptions placed(Placement newPlacement) {
    return new StepOptions(retry, timeout, newPlacement);
  }
}
