package dev.fantasticfour.world.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The exception of World: the only type that crosses a port (law L8), and the parent of those a
 * client meets. Its message says what was attempted, with which value, and what to do; never a
 * secret.
 */
public class WorldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** One whose cause is not known, or not yet: see {@link Throwable#initCause}. */
  public WorldException(ErrorCode code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code);
  }

  public WorldException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code);
  }

  /** What went wrong, in one stable word. */
  public final ErrorCode code() {
    return code;
  }
}
