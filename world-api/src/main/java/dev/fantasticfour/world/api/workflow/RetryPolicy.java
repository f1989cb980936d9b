package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How often, how soon and after what a step is tried again.
 *
 * <p>A body decides for itself with {@link FatalException} and {@link RetryableException}, whatever
 * the classes here say. An attempt that ran into its time limit counts as one that threw {@link
 * java.util.concurrent.TimeoutException}. Only what was thrown is looked at, not its causes.
 *
 * @param attempts how many attempts in all, at least 1; {@link #UNLIMITED} for no bound
 * @param initial pause before the second attempt
 * @param multiplier by which each pause is longer than the one before, at least 1
 * @param max longest pause
 * @param jitter share of the pause that is random, 0 to 1: with 0.2 a pause of 10 s lasts 8 to 12 s
 * @param retryOn after which exceptions it is tried again, subclasses included; empty = all
 * @param abortOn after which it is not, subclasses included; where both match, this decides. A
 *     class that could so never be retried is refused
 */
public record RetryPolicy(
    int attempts,
    Duration initial,
    double multiplier,
    Duration max,
    double jitter,
    Set<Class<? extends Throwable>> retryOn,
    Set<Class<? extends Throwable>> abortOn) {

  /** As many attempts as it takes. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** Four attempts, after 1, 2 and 4 seconds, each a fifth more or less. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(4, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);

  public RetryPolicy {
    if (attempts < 1) {
      throw invalid(
          "attempts must be at least 1, is "
              + attempts
              + "; RetryPolicy.forever() has as many as it takes");
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
    retryOn = Collections.unmodifiableSet(new LinkedHashSet<>(retryOn));
    abortOn = Collections.unmodifiableSet(new LinkedHashSet<>(abortOn));
    requireJudged("retryOn", retryOn);
    requireJudged("abortOn", abortOn);
    requireReachable(retryOn, abortOn);
  }

  /** A policy for all exceptions. */
  public RetryPolicy(
      int attempts, Duration initial, double multiplier, Duration max, double jitter) {
    this(attempts, initial, multiplier, max, jitter, Set.of(), Set.of());
  }

  /**
   * As many attempts as it takes: after 1, 2, 4 … seconds and in the end every 5 minutes, each a
   * fifth more or less. Each attempt is an event or two in the log of the run, so do not make the
   * pauses short; and bound it by {@link StepOptions#overallTimeout(Duration)} where the result is
   * of no use later.
   */
  public static RetryPolicy forever() {
    return DEFAULT.attempts(UNLIMITED).pauses(DEFAULT.initial, Duration.ofMinutes(5));
  }

  /** The same with that many attempts in all. */
  public RetryPolicy attempts(int newAttempts) {
    return new RetryPolicy(newAttempts, initial, multiplier, max, jitter, retryOn, abortOn);
  }

  /** The same with other pauses: the first, and the longest. */
  public RetryPolicy pauses(Duration newInitial, Duration newMax) {
    return new RetryPolicy(attempts, newInitial, multiplier, newMax, jitter, retryOn, abortOn);
  }

  /** The same, tried again after these exceptions only, in place of those it had. */
  @SafeVarargs
  public final RetryPolicy retryOn(Class<? extends Throwable>... classes) {
    return new RetryPolicy(
        attempts, initial, multiplier, max, jitter, setOf("retryOn", classes), abortOn);
  }

  /** The same, not tried again after these exceptions, in place of those it had. */
  @SafeVarargs
  public final RetryPolicy abortOn(Class<? extends Throwable>... classes) {
    return new RetryPolicy(
        attempts, initial, multiplier, max, jitter, retryOn, setOf("abortOn", classes));
  }

  /** Whether there is no bound to the attempts. */
  public boolean isUnlimited() {
    return attempts == UNLIMITED;
  }

  /** Whether another attempt follows one that threw that, as far as its class says. */
  public boolean retries(Throwable thrown) {
    return abortOn.stream().noneMatch(type -> type.isInstance(thrown))
        && (retryOn.isEmpty() || retryOn.stream().anyMatch(type -> type.isInstance(thrown)));
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

  @SafeVarargs
  private static Set<Class<? extends Throwable>> setOf(
      String list, Class<? extends Throwable>... classes) {
    if (classes.length == 0) {
      throw invalid(list + " names no class; leave it out instead");
    }
    Set<Class<? extends Throwable>> set = new LinkedHashSet<>();
    for (Class<? extends Throwable> type : classes) {
      set.add(type);
    }
    return set;
  }

  private static void requireJudged(String list, Set<Class<? extends Throwable>> classes) {
    for (Class<? extends Throwable> type : classes) {
      if (FatalException.class.isAssignableFrom(type)
          || RetryableException.class.isAssignableFrom(type)) {
        throw invalid(
            list
                + " names "
                + type.getName()
                + ", with which a body decides for itself whether it is tried again; take it out");
      }
    }
  }

  private static void requireReachable(
      Set<Class<? extends Throwable>> retryOn, Set<Class<? extends Throwable>> abortOn) {
    for (Class<? extends Throwable> type : retryOn) {
      Set<String> covering =
          abortOn.stream()
              .filter(abort -> abort.isAssignableFrom(type))
              .map(Class::getName)
              .collect(Collectors.toSet());
      if (!covering.isEmpty()) {
        throw invalid(
            "retryOn names "
                + type.getName()
                + ", and abortOn names "
                + covering.iterator().next()
                + ", which covers it and decides; take one of them out");
      }
    }
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, "retry policy: " + message);
  }
}
