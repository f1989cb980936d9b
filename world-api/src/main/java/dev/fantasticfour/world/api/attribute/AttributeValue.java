package dev.fantasticfour.world.api.attribute;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The value of an attribute, in the kinds that JSON has, so that a store gives back what it was
 * given whoever reads it. Two values are equal exactly when their JSON says the same. JSON has no
 * times: a time is the text that {@link AttributeKey#time} makes of it, whose order is the order of
 * time.
 *
 * <p>Any value may be made, since stores must give back what is in them; what may be set is limited
 * by {@link AttributeLimits}.
 */
public sealed interface AttributeValue {

  /** A text; the empty one is one too. */
  record Text(String text) implements AttributeValue {}

  /**
   * A number, exactly. {@code 1}, {@code 1.0} and {@code 1e0} are one value.
   *
   * @param number without trailing zeros
   */
  record Numeric(BigDecimal number) implements AttributeValue {
    public Numeric {
      number = number.stripTrailingZeros();
    }
  }

  /** Yes or no. */
  record Bool(boolean value) implements AttributeValue {}

  /**
   * A set of texts.
   *
   * @param texts sorted, unmodifiable, possibly empty
   */
  record Texts(SortedSet<String> texts) implements AttributeValue {
    public Texts {
      texts = Collections.unmodifiableSortedSet(new TreeSet<>(texts));
    }
  }

  /** A text. */
  static AttributeValue of(String text) {
    return new Text(text);
  }

  /** An integer. */
  static AttributeValue of(long number) {
    return new Numeric(BigDecimal.valueOf(number));
  }

  /** A number. */
  static AttributeValue of(BigDecimal number) {
    return new Numeric(number);
  }

  /** Yes or no. */
  static AttributeValue of(boolean value) {
    return new Bool(value);
  }

  /** A set of texts. */
  static AttributeValue of(Collection<String> texts) {
    return new Texts(new TreeSet<>(texts));
  }
}
