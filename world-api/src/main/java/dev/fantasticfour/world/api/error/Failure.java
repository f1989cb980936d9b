package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/**
 * An exception as data, so that it survives its process. Class names are kept for people and never
 * used to load a class (law L10).
 *
 * @param type the class name of the exception, as text
 * @param stack the stack trace as text, or null
 */
public record Failure(
    String type, @Nullable String message, @Nullable String stack, @Nullable Failure cause) {

  /** One line: type and message. */
  @Override
  public String toString() {
    return message == null ? type : type + ": " + message;
  }
}
