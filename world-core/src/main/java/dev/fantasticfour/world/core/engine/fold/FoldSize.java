package dev.fantasticfour.world.core.engine.fold;

import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * How much goes into one call, and how soon the next one follows.
 *
 * @param most items
 * @param weight of an item, in whatever unit
 * @param heaviest a call goes without more items once it weighs that much
 * @param pause between two calls, so that more is folded where that is worth a delay; the first
 *     call after a silence is made at once
 */
public record FoldSize<I>(int most, ToLongFunction<I> weight, long heaviest, Duration pause) {

  /** Without a pause. */
  public FoldSize(int most, ToLongFunction<I> weight, long heaviest) {
    this(most, weight, heaviest, Duration.ZERO);
  }

  /** So many items, whatever each of them is. */
  public static <I> FoldSize<I> of(int most) {
    return new FoldSize<>(most, item -> 0, Long.MAX_VALUE);
  }

  /** The same with a pause between two calls. */
  public FoldSize<I> pausing(Duration between) {
    return new FoldSize<>(most, weight, heaviest, between);
  }
}
