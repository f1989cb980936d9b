package dev.fantasticfour.world.embedded;

/**
 * A server could not be started, reached or controlled. The message says which server, what was
 * attempted and, where the server wrote a log, how that log ends.
 */
public final class EmbeddedServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
