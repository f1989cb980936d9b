package dev.fantasticfour.world.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds documents against the schemas of {@code docs/cli-schema}. It knows the words that those
 * use, and fails at any other.
 */
final class SchemaCheck {

  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "title",
          "description",
          "type",
          "enum",
          "format",
          "required",
          "properties",
          "additionalProperties");

  private SchemaCheck() {}

  /** What is wrong with it, nothing when it is as the schema says. */
  static List<String> faults(String schema, JsonNode document) throws IOException {
    List<String> faults = new ArrayList<>();
    check(
        new ObjectMapper()
            .readTree(Documents.ROOT.resolve("docs/cli-schema/" + schema + ".json").toFile()),
        document,
        schema,
        faults);
    return faults;
  }

  private static void check(JsonNode schema, JsonNode value, String at, List<String> faults) {
    schema
        .fieldNames()
        .forEachRemaining(
            word -> {
              if (!KNOWN.contains(word)) {
                faults.add(at + ": the schema says " + word + ", which is not checked");
              }
            });
    JsonNode types = schema.path("type");
    if (!types.isMissingNode() && items(types).noneMatch(type -> isOf(type.textValue(), value))) {
      faults.add(at + " is no " + types + ": " + value);
    }
    if (schema.has("enum") && items(schema.get("enum")).noneMatch(value::equals)) {
      faults.add(at + " is none of " + schema.get("enum") + ": " + value);
    }
    if (schema.has("format") && value.isTextual() && !isTime(value.textValue())) {
      faults.add(at + " is no time: " + value);
    }
    items(schema.path("required"))
        .filter(name -> !value.has(name.textValue()))
        .forEach(name -> faults.add(at + " has no " + name));
    JsonNode properties = schema.path("properties");
    value
        .properties()
        .forEach(
            each -> {
              if (properties.has(each.getKey())) {
                check(
                    properties.get(each.getKey()),
                    each.getValue(),
                    at + "." + each.getKey(),
                    faults);
              } else if (schema.path("additionalProperties").isBoolean()) {
                faults.add(at + " has " + each.getKey() + ", of which the schema says nothing");
              }
            });
  }

  private static Stream<JsonNode> items(JsonNode node) {
    List<JsonNode> items = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(items::add);
    } else if (!node.isMissingNode()) {
      items.add(node);
    }
    return items.stream();
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "null" -> value.isNull();
      default -> throw new AssertionError("no type: " + type);
    };
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
