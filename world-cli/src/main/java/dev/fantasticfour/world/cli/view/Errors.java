package dev.fantasticfour.world.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.Failure;
import org.jspecify.annotations.Nullable;

/** Failures as people read them. */
public final class Errors {

  private Errors() {}

  /**
   * Type and message of a failure and of everything that caused it, each in a line of its own.
   *
   * @param stacks whether the stack traces are shown too
   */
  public static String text(Failure failure, boolean stacks) {
    StringBuilder text = new StringBuilder();
    for (Failure each = failure; each != null; each = each.cause()) {
      text.append(text.isEmpty() ? "" : "\ncaused by ").append(each);
      if (stacks && each.stack() != null) {
        text.append('\n').append(each.stack().stripTrailing().indent(2).stripTrailing());
      }
    }
    return text.toString();
  }

  /** Type and message of a recorded error in one line; null or whatever else it is, as JSON. */
  public static String line(@Nullable Payload error) {
    if (error == null) {
      return "";
    }
    JsonNode node = Json.of(error);
    if (!node.path("type").isTextual()) {
      return Json.line(node);
    }
    String type = node.path("type").textValue();
    return node.path("message").isTextual() ? type + ": " + node.path("message").textValue() : type;
  }
}
