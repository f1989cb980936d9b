package dev.fantasticfour.world.api.attribute;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What may be set, refused at the call with {@link ErrorCode#INVALID_ARGUMENT} before anything is
 * written. A store keeps more than that, since it also has runs of other runtimes.
 */
public final class AttributeLimits {

  /** The most attributes a run has. */
  public static final int MAX_KEYS = 64;

  /** The most bytes of one text, in UTF-8. */
  public static final int MAX_TEXT_BYTES = 1024;

  /** The most bytes of all attributes of a run as one JSON document in UTF-8. */
  public static final int MAX_BYTES = 8 * 1024;

  /** The most digits of a number, before and after the point together. */
  public static final int MAX_DIGITS = 38;

  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

  private AttributeLimits() {}

  /**
   * Returns the attributes themselves when a run may have them, all of them together.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} naming the first that is too much
   */
  public static Map<String, AttributeValue> require(Map<String, AttributeValue> attributes) {
    attributes.forEach((key, value) -> requireValue(requireKey(key), value));
    return requireTogether(attributes);
  }

  /**
   * Returns the attributes themselves when they are not too many, nor too large together; whatever
   * each of them is.
   *
   * @throws WorldException {@code INVALID_ARGUMENT}
   */
  public static Map<String, AttributeValue> requireTogether(
      Map<String, AttributeValue> attributes) {
    if (attributes.size() > MAX_KEYS) {
      throw invalid("a run has at most " + MAX_KEYS + " attributes, not " + attributes.size());
    }
    int bytes = AttributeJson.write(attributes).getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw invalid(
          "the attributes of a run have at most " + MAX_BYTES + " bytes as JSON, not " + bytes);
    }
    return attributes;
  }

  /** Returns the name itself when an attribute may be called that. */
  static String requireKey(String name) {
    if (!KEY.matcher(name).matches()) {
      String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
      throw invalid("an attribute is called " + KEY + ", not '" + shown.replace("\0", "\\0") + "'");
    }
    return name;
  }

  /** Returns the value itself when an attribute may have it. */
  static AttributeValue requireValue(String name, AttributeValue value) {
    switch (value) {
      case AttributeValue.Text text -> text(name, text.text());
      case AttributeValue.Numeric number -> number(name, number.number());
      case AttributeValue.Bool bool -> {}
      case AttributeValue.Texts texts -> texts.texts().forEach(text -> text(name, text));
    }
    return value;
  }

  private static void text(String name, String text) {
    if (text.indexOf(0) >= 0 || !UTF_8.newEncoder().canEncode(text)) {
      throw invalid(
          "the text of attribute '" + name + "' must not contain NUL or half of a surrogate pair");
    }
    int bytes = text.getBytes(UTF_8).length;
    if (bytes > MAX_TEXT_BYTES) {
      throw invalid(
          "the text of attribute '%s' has at most %d bytes in UTF-8, not %d"
              .formatted(name, MAX_TEXT_BYTES, bytes));
    }
  }

  private static void number(String name, BigDecimal number) {
    if (digits(number) > MAX_DIGITS) {
      throw invalid("the number of attribute '" + name + "' has at most " + MAX_DIGITS + " digits");
    }
  }

  /** How many digits the number has when it is written without an exponent. */
  static long digits(BigDecimal number) {
    long beforePoint = Math.max((long) number.precision() - number.scale(), 0);
    return beforePoint + Math.max(number.scale(), 0);
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
