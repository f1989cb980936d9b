package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition on an attribute as SQL takes it.
 *
 * @param containing values of which the attribute has one; empty when that is not the question
 * @param negated whether it must not be so
 * @param order of a range, else null: {@code number}, {@code text} or {@code time}
 * @param present whether it is met only where the attribute is
 */
record AttributeClause(
    String key,
    List<Alternative> containing,
    boolean negated,
    @Nullable String order,
    @Nullable BigDecimal fromNumber,
    @Nullable BigDecimal toNumber,
    @Nullable String fromText,
    @Nullable String toText,
    boolean present) {

  /**
   * One value that an attribute may equal.
   *
   * @param document that {@code attributes} contains
   * @param within what contains the attribute in its turn, for a set: together the two say that
   *     they are equal. Null when containing says it alone
   */
  record Alternative(String document, @Nullable String within) {}

  static AttributeClause of(AttributeCondition condition) {
    String key = condition.key();
    return switch (condition) {
      case AttributeCondition.Is is -> equal(key, List.of(is.value()), false);
      case AttributeCondition.IsNot not -> equal(key, List.of(not.value()), true);
      case AttributeCondition.In in -> equal(key, in.values(), false);
      case AttributeCondition.Contains contains ->
          containing(
              key,
              List.of(
                  new Alternative(document(key, AttributeValue.of(Set.of(contains.text()))), null)),
              false);
      case AttributeCondition.Exists exists ->
          new AttributeClause(key, List.of(), false, null, null, null, null, null, true);
      case AttributeCondition.Range range ->
          new AttributeClause(
              key,
              List.of(),
              false,
              range.order().word(),
              number(range.from()),
              number(range.to()),
              text(range.from()),
              text(range.to()),
              true);
    };
  }

  private static AttributeClause equal(String key, List<AttributeValue> values, boolean negated) {
    return containing(
        key,
        values.stream()
            .map(
                value ->
                    new Alternative(
                        document(key, value),
                        value instanceof AttributeValue.Texts ? AttributeJson.write(value) : null))
            .toList(),
        negated);
  }

  private static AttributeClause containing(
      String key, List<Alternative> alternatives, boolean negated) {
    return new AttributeClause(key, alternatives, negated, null, null, null, null, null, !negated);
  }

  private static String document(String key, AttributeValue value) {
    return AttributeJson.write(Map.of(key, value));
  }

  private static @Nullable BigDecimal number(@Nullable AttributeValue value) {
    return value instanceof AttributeValue.Numeric number ? number.number() : null;
  }

  private static @Nullable String text(@Nullable AttributeValue value) {
    return value instanceof AttributeValue.Text text ? text.text() : null;
  }
}
