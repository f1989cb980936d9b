package dev.fantasticfour.world.core.engine.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.rules.Erasure;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson: records, plain classes and collections as they are, sealed types as the user's
 * annotations say, times as ISO text, decimals exactly. No class name is ever written or loaded
 * (law L10), and fields unknown to the reader are skipped.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

  private final JsonMapper mapper = JsonRules.mapper();
  private final ConcurrentMap<Type, ObjectWriter> writers = new ConcurrentHashMap<>();
  private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

  @Override
  public @Nullable Payload encode(@Nullable Object value, ValueType<?> type) {
    if (value == null || isVoid(type)) {
      return null;
    }
    if (type.type() == Payload.class) {
      return (Payload) value;
    }
    try {
      return Payload.of(Payload.JSON, write(writer(type), value));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw MappingErrors.encoding(type, e);
    }
  }

  @Override
  public <T> @Nullable T decode(@Nullable Payload payload, ValueType<T> type) {
    if (payload == null || isVoid(type)) {
      return null;
    }
    if (type.type() == Payload.class) {
      @SuppressWarnings("unchecked") // T is Payload
      T same = (T) payload;
      return same;
    }
    if (Erasure.isErased(payload)) {
      throw new WorldException(
          ErrorCode.SERIALIZATION,
          "cannot decode a payload as declared type "
              + type
              + ": an operator has erased what anybody put into its run");
    }
    if (!payload.isJson()) {
      throw new WorldException(
          ErrorCode.SERIALIZATION,
          "cannot decode a payload as declared type "
              + type
              + ": it was written by codec '"
              + payload.codec()
              + "', and this world reads '"
              + Payload.JSON
              + "'; declare the value as "
              + Payload.class.getName()
              + " to read it as it is");
    }
    try {
      return reader(type).readValue(payload.bytes());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw MappingErrors.decoding(type, e);
    }
  }

  @Override
  public Payload json(String document) {
    try {
      if (mapper.readTree(document).isMissingNode()) {
        throw new WorldException(
            ErrorCode.INVALID_ARGUMENT, "a JSON document is needed, and the text given is empty");
      }
    } catch (JsonProcessingException e) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "the text given is not one JSON document: it breaks off or goes wrong in line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    }
    return Payload.json(document);
  }

  @Override
  public String hash(@Nullable Payload payload) {
    return InputHash.sha256(payload);
  }

  @Override
  public Payload encodeFailure(Failure failure) {
    return Payload.json(tree(Failures.bounded(failure)).toString());
  }

  @Override
  public Failure decodeFailure(@Nullable Payload payload) {
    if (payload == null) {
      return new Failure("unknown", "no error was recorded", null, null);
    }
    if (payload.isJson()) {
      try {
        return failure(mapper.readTree(payload.bytes()), payload, 1);
      } catch (IOException e) {
        return unreadable(payload);
      }
    }
    return unreadable(payload);
  }

  private byte[] write(ObjectWriter writer, Object value) throws IOException {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      if (!(e instanceof StreamWriteException || e.getCause() instanceof StreamWriteException)) {
        throw e;
      }
      // Half a surrogate pair is no UTF-8, but an escape keeps it exactly.
      return writer.with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsBytes(value);
    }
  }

  /** Kept, because finding out how a type is written takes longer than writing it. */
  private ObjectWriter writer(ValueType<?> type) {
    ObjectWriter known = writers.get(type.type());
    return known != null
        ? known
        : writers.computeIfAbsent(type.type(), key -> mapper.writerFor(mapper.constructType(key)));
  }

  private ObjectReader reader(ValueType<?> type) {
    ObjectReader known = readers.get(type.type());
    return known != null
        ? known
        : readers.computeIfAbsent(type.type(), key -> mapper.readerFor(mapper.constructType(key)));
  }

  private static boolean isVoid(ValueType<?> type) {
    return type.type() == Void.class || type.type() == void.class;
  }

  private ObjectNode tree(Failure failure) {
    ObjectNode node = mapper.createObjectNode();
    node.put("type", failure.type());
    node.put("message", failure.message());
    node.put("stack", failure.stack());
    Failure cause = failure.cause();
    node.set("cause", cause == null ? null : tree(cause));
    if (!failure.suppressed().isEmpty()) {
      ArrayNode suppressed = node.putArray("suppressed");
      failure.suppressed().forEach(each -> suppressed.add(tree(each)));
    }
    return node;
  }

  /** Other runtimes record errors in their own shape; then the text as it stands is the message. */
  private static Failure failure(JsonNode node, Payload payload, int depth) {
    String type = text(node.get("type"));
    if (type == null) {
      return unreadable(payload);
    }
    JsonNode cause = node.get("cause");
    List<Failure> suppressed = new ArrayList<>();
    for (JsonNode each : node.path("suppressed")) {
      if (isInner(each, depth)) {
        suppressed.add(failure(each, payload, depth + 1));
      }
    }
    return new Failure(
        type,
        text(node.get("message")),
        text(node.get("stack")),
        isInner(cause, depth) ? failure(cause, payload, depth + 1) : null,
        suppressed);
  }

  private static boolean isInner(@Nullable JsonNode node, int depth) {
    return node != null && node.isObject() && depth < Failures.MAX_DEPTH;
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node != null && node.isTextual() ? node.textValue() : null;
  }

  private static Failure unreadable(Payload payload) {
    String text = payload.isJson() ? payload.text() : payload.toString();
    return new Failure(
        "unknown", text.substring(0, Math.min(text.length(), Failures.MAX_TEXT)), null, null);
  }
}
