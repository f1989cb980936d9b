package dev.fantasticfour.world.core.engine.fold;

import java.util.function.ToLongFunction;

/**
 * How much goes into one call.
 *
 * @param most items
 * @param weight of an item, in whatever unit
 * @param heaviest a call goes without more items once it weighs that much
 */
public record FoldSize<I>(int most, ToLongFunction<I> weight, long heaviest) {

  /** So many items, whatever each of them is. */
  public static <I> FoldSize<I> of(int most) {
    return new FoldSize<>(most, item -> 0, Long.MAX_VALUE);
  }
}
