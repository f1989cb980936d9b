package dev.fantasticfour.world.api.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a step body that knows when the next attempt may succeed (a "retry after" header, say).
 * It counts as a failed attempt; the wait replaces the policy's back-off.
 */
public class RetryableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration after;

  /**
   * @param after how long to wait, not negative
   */
  public RetryableException(String message, Duration after) {
    this(message, after, null);
  }

  public RetryableException(String message, Duration after, @Nullable Throwable cause) {
    super(message, cause);
    if (after.isNegative()) {
      throw new IllegalArgumentException("retry after must not be negative, is " + after);
    }
    this.after = after;
  }

  /** How long to wait before the next attempt. */
  public final Duration after() {
    return after;
  }
}
