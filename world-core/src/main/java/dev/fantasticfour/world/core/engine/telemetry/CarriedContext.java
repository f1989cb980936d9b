package dev.fantasticfour.world.core.engine.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fantasticfour.world.api.Payload;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What observers have to say to those who execute a run, as it is kept beside the run: in its
 * execution context, under one name, for the queries of people. Nothing depends on it.
 */
public final class CarriedContext {

  /** Its name in the execution context. */
  static final String NAME = "world.trace";

  private static final ObjectMapper JSON = new ObjectMapper();

  private CarriedContext() {}

  /** An execution context with that; null when there is nothing to say. */
  public static @Nullable Payload write(Map<String, String> context) {
    if (context.isEmpty()) {
      return null;
    }
    try {
      return Payload.json(JSON.writeValueAsString(Map.of(NAME, context)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts by name are no JSON", e);
    }
  }

  /** What an execution context says; empty for one that says nothing, or is of somebody else. */
  static Map<String, String> read(@Nullable Payload context) {
    if (context == null || !context.isJson()) {
      return Map.of();
    }
    try {
      Map<String, String> read = new HashMap<>();
      for (Map.Entry<String, JsonNode> each :
          JSON.readTree(context.text()).path(NAME).properties()) {
        if (each.getValue().isTextual()) {
          read.put(each.getKey(), each.getValue().textValue());
        }
      }
      return read;
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }
}
