package dev.fantasticfour.world.api.error;

import java.time.Duration;

/**
 * Thrown where a scope is joined whose time limit passed before its branches had ended. They were
 * cancelled, and have ended. What one of them threw instead of letting the cancellation out is
 * suppressed in it.
 */
public class ScopeTimedOutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration timeout;

  public ScopeTimedOutException(Duration timeout) {
    super("the branches of a scope had not ended within " + timeout + ", and were cancelled");
    this.timeout = timeout;
  }

  /** The time limit. */
  public final Duration timeout() {
    return timeout;
  }
}
