package dev.fantasticfour.world.api.attribute;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an attribute must be for a run to be listed. Made by {@link AttributeKey}; whoever has no
 * typed key, such as a tool, makes it here, for any key that a store may hold. A condition that
 * cannot be met, or that no store understands, is refused when it is made ({@code
 * INVALID_ARGUMENT}).
 */
public sealed interface AttributeCondition {

  /** The most values of {@link In}. */
  int MAX_VALUES = 100;

  /** The name of the attribute. */
  String key();

  /**
   * Whether that value meets it: the meaning of a filter, whatever a store does to find the runs.
   *
   * @param value null when the run has no such attribute
   */
  boolean test(@Nullable AttributeValue value);

  /** It has exactly this value; a set, exactly these texts. */
  record Is(String key, AttributeValue value) implements AttributeCondition {
    public Is {
      checked(key, value);
    }

    @Override
    public boolean test(@Nullable AttributeValue found) {
      return value.equals(found);
    }
  }

  /** It has any other value, or there is none. */
  record IsNot(String key, AttributeValue value) implements AttributeCondition {
    public IsNot {
      checked(key, value);
    }

    @Override
    public boolean test(@Nullable AttributeValue found) {
      return !value.equals(found);
    }
  }

  /**
   * It has one of these values.
   *
   * @param values 1 to {@value #MAX_VALUES}
   */
  record In(String key, List<AttributeValue> values) implements AttributeCondition {
    public In {
      values = values.stream().distinct().sorted(AttributeCondition::byJson).toList();
      if (values.isEmpty() || values.size() > MAX_VALUES) {
        throw invalid(
            "attribute '%s' may be one of 1 to %d values, not of %d"
                .formatted(key, MAX_VALUES, values.size()));
      }
      values.forEach(value -> checked(key, value));
    }

    @Override
    public boolean test(@Nullable AttributeValue found) {
      return found != null && values.contains(found);
    }
  }

  /** It is a set that has this text. */
  record Contains(String key, String text) implements AttributeCondition {
    public Contains {
      checked(key, AttributeValue.of(text));
    }

    @Override
    public boolean test(@Nullable AttributeValue found) {
      return found instanceof AttributeValue.Texts set && set.texts().contains(text);
    }
  }

  /** There is one, whatever its value. */
  record Exists(String key) implements AttributeCondition {
    public Exists {
      checked(key, AttributeValue.of(""));
    }

    @Override
    public boolean test(@Nullable AttributeValue found) {
      return found != null;
    }
  }

  /**
   * It lies in a range. A value of another kind lies in none.
   *
   * @param from the least, null for no bound
   * @param to the greatest, null for no bound; not both are null
   */
  record Range(
      String key, AttributeOrder order, @Nullable AttributeValue from, @Nullable AttributeValue to)
      implements AttributeCondition {
    public Range {
      bound(key, order, from);
      bound(key, order, to);
      if (from == null && to == null) {
        throw invalid("a range of attribute '" + key + "' needs a bound");
      }
      if (from != null && to != null && order.compare(from, to) > 0) {
        throw invalid(
            "the range of attribute '%s' from %s to %s is empty"
                .formatted(key, AttributeJson.write(from), AttributeJson.write(to)));
      }
    }

    @Override
    public boolean test(@Nullable AttributeValue found) {
      return found != null
          && order.holds(found)
          && (from == null || order.compare(from, found) <= 0)
          && (to == null || order.compare(found, to) <= 0);
    }
  }

  private static void bound(String key, AttributeOrder order, @Nullable AttributeValue bound) {
    if (bound != null) {
      checked(key, bound);
      if (!order.holds(bound)) {
        throw invalid(
            "a bound of attribute '%s' must be a %s, is %s"
                .formatted(key, order.word(), AttributeJson.write(bound)));
      }
    }
  }

  private static int byJson(AttributeValue one, AttributeValue other) {
    return AttributeJson.write(one).compareTo(AttributeJson.write(other));
  }

  private static void checked(String key, AttributeValue value) {
    if (key.isEmpty() || key.indexOf(0) >= 0 || !UTF_8.newEncoder().canEncode(key)) {
      throw invalid("the name of an attribute is text without NUL, not '" + key + "'");
    }
    AttributeLimits.requireValue(key, value);
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message.replace("\0", "\\0"));
  }
}
