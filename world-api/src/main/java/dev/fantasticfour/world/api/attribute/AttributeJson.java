package dev.fantasticfour.world.api.attribute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Attributes as stores keep them: one flat JSON object of native values. Whatever order or white
 * space a store gives it back with, it reads as the same.
 */
public final class AttributeJson {

  private AttributeJson() {}

  /** The object, keys sorted, without white space. */
  public static String write(Map<String, AttributeValue> attributes) {
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(attributes)
        .forEach(
            (key, value) -> {
              json.append(json.length() > 1 ? "," : "");
              quote(json, key);
              json.append(':').append(write(value));
            });
    return json.append('}').toString();
  }

  /** Changes as an object, in which {@code null} stands for what is removed (empty). */
  public static String writeChanges(Map<String, Optional<AttributeValue>> changes) {
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(changes)
        .forEach(
            (key, value) -> {
              json.append(json.length() > 1 ? "," : "");
              quote(json, key);
              json.append(':').append(value.map(AttributeJson::write).orElse("null"));
            });
    return json.append('}').toString();
  }

  /** One value. */
  public static String write(AttributeValue value) {
    StringBuilder json = new StringBuilder();
    switch (value) {
      case AttributeValue.Text text -> quote(json, text.text());
      case AttributeValue.Numeric number ->
          json.append(
              AttributeLimits.digits(number.number()) > AttributeLimits.MAX_DIGITS
                  ? number.number().toString()
                  : number.number().toPlainString());
      case AttributeValue.Bool bool -> json.append(bool.value());
      case AttributeValue.Texts texts ->
          json.append(
              texts.texts().stream()
                  .map(text -> write(AttributeValue.of(text)))
                  .collect(Collectors.joining(",", "[", "]")));
    }
    return json.toString();
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /**
   * Reads an object. What somebody wrote in SQL that no attribute can be (an object, a null, an
   * array of anything but texts) is taken as the text of its JSON.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when it is no
   *     JSON object
   */
  public static Map<String, AttributeValue> read(String json) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    new AttributeReader(json)
        .object((key, value) -> attributes.put(key, value.orElse(new AttributeValue.Text("null"))));
    return attributes;
  }

  /** Reads changes: what is {@code null} there is to be removed (empty); else as {@link #read}. */
  public static Map<String, Optional<AttributeValue>> readChanges(String json) {
    Map<String, Optional<AttributeValue>> changes = new LinkedHashMap<>();
    new AttributeReader(json).object(changes::put);
    return changes;
  }
}
