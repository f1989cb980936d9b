package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;

/**
 * How often and how soon a step is tried again.
 *
 * @param attempts how many attempts in all, at least 1
 * @param initial pause before the second attempt
 * @param multiplier by which each pause is longer than the one before, at least 1
 * @param max longest pause
 * @param jitter share of the pause that is random, 0 to 1: with 0.2 a pause of 10 s lasts 8 to 12 s
 */
public record RetryPolicy(
    int attempts, Duration initial, double multiplier, Duration max, double jitter) {

  /** Four attempts, after 1, 2 and 4 seconds, each a fifth more or less. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(4, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);

  public RetryPolicy {
    if (attempts < 1) {
      throw invalid("attempts must be at least 1, is " + attempts);
    }
    if (initial.isNegative() || max.isNegative()) {
      throw invalid("pauses must not be negative, are " + initial + " and " + max);
    }
    if (!(multiplier >= 1)) {
      throw invalid("multiplier must be at least 1, is " + multiplier);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw invalid("jitter must be 0 to 1, is " + jitter);
    }
  }

  /**
   * The pause after a failed attempt.
   *
   * @param failed which attempt failed, from 1
   * @param random 0 (shortest) to 1 (longest)
   */
  public Duration pauseAfter(int failed, double random) {
    double nanos = nanosOf(initial) * Math.pow(multiplier, failed - 1.0);
    double capped = Math.min(nanos, (double) nanosOf(max));
    return Duration.ofNanos((long) (capped * (1 - jitter + 2 * jitter * random)));
  }

  /** Durations of more than 292 years are as good as that. */
  private static long nanosOf(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, "retry policy: " + message);
  }
}
