package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/**
 * How many branches go on at the same time, at most. Meant to be imported statically: {@code
 * ctx.map(items, atOnce(50), …)}.
 *
 * @param branches at least 1
 */
public record AtOnce(int branches) {

  public AtOnce {
    if (branches < 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "at least 1 branch has to go on at once, not " + branches);
    }
  }

  /**
   * That many at once.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} below 1
   */
  public static AtOnce atOnce(int branches) {
    return new AtOnce(branches);
  }
}
