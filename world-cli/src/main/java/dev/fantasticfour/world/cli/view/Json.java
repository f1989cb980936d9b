package dev.fantasticfour.world.cli.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of World as JSON: a record is an object with its components, an enum its lower-case word,
 * a JSON payload the document it holds.
 */
public final class Json {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Numbers as they are written, however long; one document, and nothing after it. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** One line. */
  public static String line(JsonNode node) {
    return node.toString();
  }

  /** Several lines, for people. */
  public static String lines(JsonNode node) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      return node.toString();
    }
  }

  /** The value as JSON. */
  public static JsonNode of(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case JsonNode node -> node;
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case Enum<?> word -> NODES.textNode(word.name().toLowerCase(Locale.ROOT));
      case Instant time -> NODES.textNode(Moment.text(time));
      case Duration duration -> NODES.textNode(duration.toString());
      case Payload payload -> payload(payload);
      case RunId id -> NODES.textNode(id.value());
      case Pin pin -> NODES.textNode(PinWord.write(pin));
      case Optional<?> maybe -> of(maybe.orElse(null));
      case AttributeValue attribute -> attribute(attribute);
      case Fact fact -> fact(fact);
      case Record record -> record(record);
      case Map<?, ?> map -> {
        ObjectNode node = object();
        map.forEach((key, each) -> node.set(String.valueOf(key), of(each)));
        yield node;
      }
      case Collection<?> all -> {
        ArrayNode array = NODES.arrayNode();
        all.forEach(each -> array.add(of(each)));
        yield array;
      }
      default -> NODES.textNode(value.toString());
    };
  }

  /** The document of a JSON payload; any other payload as its codec and its bytes in base 64. */
  private static JsonNode payload(Payload payload) {
    if (payload.isJson()) {
      try {
        return MAPPER.readTree(payload.bytes());
      } catch (java.io.IOException malformed) {
        // Stores keep what they are given, and so does this: as bytes.
        return bytes(payload);
      }
    }
    return bytes(payload);
  }

  private static JsonNode attribute(AttributeValue value) {
    try {
      return MAPPER.readTree(AttributeJson.write(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an attribute is JSON", e);
    }
  }

  private static ObjectNode bytes(Payload payload) {
    return object().put("codec", payload.codec()).put("bytes", payload.bytes());
  }

  private static ObjectNode fact(Fact fact) {
    ObjectNode node = object().put("type", fact.type().word());
    node.setAll(record((Record) fact));
    return node;
  }

  private static ObjectNode record(Record record) {
    ObjectNode node = object();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        node.set(component.getName(), of(accessor.invoke(record)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("accessor of " + component + " fails", e);
      }
    }
    return node;
  }

  /**
   * Reads a document that a person has typed.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} saying where it is wrong
   */
  public static String checked(String what, String document) {
    try {
      JsonNode node = MAPPER.readTree(document);
      if (!node.isMissingNode()) {
        return document;
      }
    } catch (JsonProcessingException e) {
      throw notJson(what, e.getOriginalMessage());
    }
    throw notJson(what, "it is empty");
  }

  private static WorldException notJson(String what, String reason) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT,
        what + " must be a JSON document, such as '{\"id\": 7}' or '\"text\"': " + reason);
  }
}
