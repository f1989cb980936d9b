package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses that double up to a limit; with {@link #random} each is shortened by up to a half, so that
 * those who failed together do not come back together. Immutable.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;

  private Backoff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** Pauses between those two bounds. */
  public static Backoff between(Duration first, Duration longest) {
    return new Backoff(first, longest, () -> 0);
  }

  /** The same, shortened by random numbers from 0 to 1. */
  public Backoff random(DoubleSupplier numbers) {
    return new Backoff(first, longest, numbers);
  }

  /**
   * The pause after some failures in a row.
   *
   * @param failures at least 1
   */
  public Duration after(int failures) {
    double nanos = first.toNanos() * Math.pow(2, failures - 1.0);
    double capped = Math.min(nanos, (double) longest.toNanos());
    return Duration.ofNanos((long) (capped * (1 - random.getAsDouble() / 2)));
  }
}
