package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Ids;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every store keeps of texts, instants and attributes; all else is refused with {@code
 * INVALID_ARGUMENT}.
 */
final class Require {

  static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final int MAX_EXPONENT = 1_000;

  private Require() {}

  static void optional(String what, @Nullable String text) {
    if (text != null) {
      limited(what, text);
    }
  }

  /** A store keeps more than the client sets: its runs may be those of other runtimes. */
  static void attribute(AttributeValue value) {
    switch (value) {
      case AttributeValue.Text text -> text("attribute value", text.text());
      case AttributeValue.Texts texts ->
          texts.texts().forEach(text -> text("attribute value", text));
      case AttributeValue.Numeric number -> number(number.number());
      case AttributeValue.Bool bool -> {}
    }
  }

  static void number(BigDecimal number) {
    if (Math.abs((long) number.scale()) + number.precision() > MAX_EXPONENT) {
      throw invalid("an attribute is a number with an exponent of up to " + MAX_EXPONENT);
    }
  }

  static void id(String what, String id) {
    Ids.requireSafe(what, id);
    text(what, id);
  }

  static void workflow(String name) {
    name("workflow", name);
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Protocol.MAX_NAME_BYTES) {
      throw invalid(
          "the name of a workflow has "
              + bytes
              + " bytes in UTF-8, at most "
              + Protocol.MAX_NAME_BYTES);
    }
  }

  static void token(String token) {
    limited("hook token", token);
  }

  static void limited(String what, String text) {
    name(what, text);
    if (text.length() > Protocol.MAX_TOKEN_LENGTH) {
      throw invalid(
          what + " has " + text.length() + " characters, at most " + Protocol.MAX_TOKEN_LENGTH);
    }
  }

  static void name(String what, String text) {
    if (text.isEmpty()) {
      throw invalid(what + " must not be empty");
    }
    text(what, text);
  }

  /** Names are compared byte for byte (ID-2), so nothing in them may need to be replaced. */
  static void text(String what, String text) {
    if (!StorableText.accepts(text)) {
      throw invalid(what + " must hold neither NUL nor half a surrogate pair");
    }
  }

  static void instant(String what, @Nullable Instant instant) {
    if (instant != null && (instant.isBefore(EARLIEST) || instant.isAfter(LATEST))) {
      throw invalid(what + " must lie in the years 1 to 9999, is " + instant);
    }
  }

  static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
