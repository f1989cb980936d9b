package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What only a few kinds of facts say: named values, which stores keep as one flat JSON object. So a
 * kind of fact with something new to say needs no column of its own.
 *
 * @param values by name; empty where the fact says that there is none
 */
public record FactDetails(Map<String, Optional<AttributeValue>> values) {

  public FactDetails {
    values = Map.copyOf(values);
  }

  /** Values by name; null ones are left out. */
  static FactDetails of(Map<String, AttributeValue> values) {
    Map<String, Optional<AttributeValue>> present = new LinkedHashMap<>();
    values.forEach((name, value) -> present.put(name, Optional.of(value)));
    return new FactDetails(present);
  }

  /** A single text; null when there is none. */
  static @Nullable FactDetails of(String name, @Nullable String text) {
    return text == null ? null : of(Map.of(name, AttributeValue.of(text)));
  }

  /** The same with one text more, unless that is null. */
  FactDetails and(String name, @Nullable String text) {
    if (text == null) {
      return this;
    }
    Map<String, Optional<AttributeValue>> more = new LinkedHashMap<>(values);
    more.put(name, Optional.of(AttributeValue.of(text)));
    return new FactDetails(more);
  }

  /** As it was read. */
  public static FactDetails ofJson(String json) {
    return new FactDetails(AttributeJson.readChanges(json));
  }

  /** The object, keys sorted. */
  public String json() {
    return AttributeJson.writeChanges(values);
  }

  /** A text, or null. */
  @Nullable String text(String name) {
    return value(name) instanceof AttributeValue.Text text ? text.text() : null;
  }

  /** A whole number, or null. */
  @Nullable Long number(String name) {
    return value(name) instanceof AttributeValue.Numeric number
        ? (Long) number.number().longValueExact()
        : null;
  }

  /** Whole numbers, which are kept as texts; none when there are none. */
  List<Long> numbers(String name) {
    String text = text(name);
    return text == null || text.isEmpty()
        ? List.of()
        : List.of(text.split(",")).stream().map(Long::valueOf).toList();
  }

  private @Nullable AttributeValue value(String name) {
    Optional<AttributeValue> value = values.get(name);
    return value == null ? null : value.orElse(null);
  }
}
