package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/** Thrown by a step body that knows another attempt is useless. The step fails at once. */
public class FatalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public FatalException(String message) {
    super(message);
  }

  public FatalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
