package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a step is run.
 *
 * @param timeout time limit of each attempt, from its beginning ("start to close"), after which its
 *     body is interrupted and the attempt has failed; null = none
 * @param overallTimeout time limit of all attempts and the pauses between them, counted from when
 *     the workflow asked for the step ("schedule to close"), also while nobody has begun it; null =
 *     none. No attempt is waited for that would begin later
 * @param heartbeatTimeout how long an attempt may go without a {@linkplain StepContext#heartbeat()
 *     heartbeat}; then its body is interrupted, the attempt is lost and another one begins; null =
 *     for ever. A worker that dies is missed without it
 * @param lostAttempts how many attempts may be lost, with their workers or for want of a heartbeat,
 *     before the step fails ({@link
 *     dev.fantasticfour.world.api.error.StepFailedException.Reason#LOST}); they are no failed
 *     attempts and do not count among those of the retry policy. An inline step whose workers die
 *     stands visibly instead, whatever this says
 */
public record StepOptions(
    RetryPolicy retry,
    @Nullable Duration timeout,
    @Nullable Duration overallTimeout,
    @Nullable Duration heartbeatTimeout,
    int lostAttempts,
    Placement placement) {

  /** Who runs the body. */
  public enum Placement {
    /** The worker that owns the run. One append per step. */
    INLINE,
    /** Any worker that takes the step's message. Only for registered bodies. */
    QUEUED
  }

  /** The default retry policy, no time limits, ten lost attempts, inline. */
  public static final StepOptions DEFAULT =
      new StepOptions(RetryPolicy.DEFAULT, null, null, null, 10, Placement.INLINE);

  public StepOptions {
    requirePositive("timeout", timeout);
    requirePositive("overall timeout", overallTimeout);
    requirePositive("heartbeat timeout", heartbeatTimeout);
    if (lostAttempts < 0) {
      throw invalid(
          "the number of attempts that may be lost must not be negative, is "
              + lostAttempts
              + "; with 0 the first one that is lost fails the step");
    }
  }

  /** The same with another retry policy. */
  public StepOptions retry(RetryPolicy newRetry) {
    return new StepOptions(
        newRetry, timeout, overallTimeout, heartbeatTimeout, lostAttempts, placement);
  }

  /** The same with that many attempts. */
  public StepOptions attempts(int attempts) {
    return retry(retry.attempts(attempts));
  }

  /** The same with a time limit for each attempt. */
  public StepOptions timeout(Duration newTimeout) {
    return new StepOptions(
        retry, newTimeout, overallTimeout, heartbeatTimeout, lostAttempts, placement);
  }

  /** The same with a time limit for all attempts and the pauses between them. */
  public StepOptions overallTimeout(Duration newTimeout) {
    return new StepOptions(retry, timeout, newTimeout, heartbeatTimeout, lostAttempts, placement);
  }

  /** The same with a limit for how long an attempt may say nothing. */
  public StepOptions heartbeatTimeout(Duration newTimeout) {
    return new StepOptions(retry, timeout, overallTimeout, newTimeout, lostAttempts, placement);
  }

  /** The same with that many attempts that may be lost. */
  public StepOptions lostAttempts(int newLostAttempts) {
    return new StepOptions(
        retry, timeout, overallTimeout, heartbeatTimeout, newLostAttempts, placement);
  }

  /** The same, run there. */
  public StepOptions placed(Placement newPlacement) {
    return new StepOptions(
        retry, timeout, overallTimeout, heartbeatTimeout, lostAttempts, newPlacement);
  }

  private static void requirePositive(String name, @Nullable Duration duration) {
    if (duration != null && (duration.isNegative() || duration.isZero())) {
      throw invalid(name + " must be positive, is " + duration + "; leave it out for none");
    }
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, "step options: " + message);
  }
}
