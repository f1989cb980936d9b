package dev.fantasticfour.world.api.attribute;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The orders in which ranges of attributes lie. A value of another kind has no place in one. */
public enum AttributeOrder {
  /** Numbers, by size. */
  NUMBER,
  /** Texts, by the code points of their characters, which is the order of their bytes in UTF-8. */
  TEXT,
  /** Times, by time. Texts that are no times have no place here. */
  TIME;

  private static final Comparator<String> BY_CODE_POINT =
      (one, other) -> Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

  /** The word for it in commands and in SQL. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the value has a place in this order. */
  public boolean holds(@Nullable AttributeValue value) {
    return switch (this) {
      case NUMBER -> value instanceof AttributeValue.Numeric;
      case TEXT -> value instanceof AttributeValue.Text;
      case TIME ->
          value instanceof AttributeValue.Text text && AttributeTime.read(text.text()) != null;
    };
  }

  /** Compares two values that have a place in this order. */
  int compare(AttributeValue one, AttributeValue other) {
    return one instanceof AttributeValue.Numeric a && other instanceof AttributeValue.Numeric b
        ? a.number().compareTo(b.number())
        : BY_CODE_POINT.compare(text(one), text(other));
  }

  private static String text(AttributeValue value) {
    return value instanceof AttributeValue.Text text ? text.text() : "";
  }
}
