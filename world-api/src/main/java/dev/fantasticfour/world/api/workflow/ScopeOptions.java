package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a scope is opened.
 *
 * @param timeout how long its branches may take, counted from the opening; null = as long as they
 *     need
 */
public record ScopeOptions(@Nullable Duration timeout) {

  /** No time limit. */
  public static final ScopeOptions DEFAULT = new ScopeOptions(null);

  public ScopeOptions {
    if (timeout != null && !timeout.isPositive()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "scope options: timeout must be positive, is " + timeout + "; leave it out for none");
    }
  }

  /** The same with a time limit. */
  public ScopeOptions timeout(Duration newTimeout) {
    return new ScopeOptions(newTimeout);
  }
}
