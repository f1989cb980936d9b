package dev.fantasticfour.world.core.port;

/**
 * What a server or its driver threw, as far as anybody may see it. Drivers quote what was sent,
 * payloads and passwords among it, and exceptions are logged and stored with their causes; so this
 * stands in the place of the original as the cause of a {@link
 * dev.fantasticfour.world.api.error.WorldException}. It has the stack trace of the original.
 */
public final class ServerFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Stands for that exception.
   *
   * @param words what may be shown of its message: never a value that was sent
   */
  public ServerFailure(Throwable original, String words) {
    super(original.getClass().getName() + (words.isEmpty() ? "" : ": " + words));
    setStackTrace(original.getStackTrace());
  }
}
