package dev.fantasticfour.world.api.error;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception as data, so that it survives its process. Class names are kept for people and never
 * used to load a class (law L10).
 *
 * @param type the class name of the exception, as text
 * @param stack the stack trace as text, or null
 * @param suppressed what was suppressed in it, in order
 */
public record Failure(
    String type,
    @Nullable String message,
    @Nullable String stack,
    @Nullable Failure cause,
    List<Failure> suppressed)
    implements Serializable {

  public Failure {
    suppressed = List.copyOf(suppressed);
  }

  /** One that nothing was suppressed in. */
  public Failure(
      String type, @Nullable String message, @Nullable String stack, @Nullable Failure cause) {
    this(type, message, stack, cause, List.of());
  }

  /** One line: type and message. */
  @Override
  public String toString() {
    return message == null ? type : type + ": " + message;
  }
}
