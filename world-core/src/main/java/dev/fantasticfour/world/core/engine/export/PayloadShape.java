package dev.fantasticfour.world.core.engine.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fantasticfour.world.api.Payload;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** What a payload looks like without what it says: names of members, types, lengths. */
final class PayloadShape {

  private PayloadShape() {}

  /** The shape as a JSON document; of what is no JSON its codec and size. Null stays null. */
  static @Nullable Payload of(@Nullable Payload payload) {
    if (payload == null) {
      return null;
    }
    if (!payload.isJson()) {
      return opaque(payload);
    }
    StringWriter shape = new StringWriter();
    try (JsonParser parser = JsonText.FACTORY.createParser(payload.bytes());
        JsonGenerator json = JsonText.FACTORY.createGenerator(shape)) {
      while (parser.nextToken() != null) {
        copy(parser, json);
      }
    } catch (IOException malformed) {
      return opaque(payload);
    }
    return Payload.json(shape.toString());
  }

  private static void copy(JsonParser parser, JsonGenerator json) throws IOException {
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT -> json.writeStartObject();
      case END_OBJECT -> json.writeEndObject();
      case START_ARRAY -> json.writeStartArray();
      case END_ARRAY -> json.writeEndArray();
      case FIELD_NAME -> json.writeFieldName(parser.currentName());
      case VALUE_STRING -> json.writeString(text(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeString("number");
      case VALUE_TRUE, VALUE_FALSE -> json.writeString("boolean");
      default -> json.writeNull();
    }
  }

  /** What stands for a text. */
  static String text(String text) {
    return "text of " + text.length();
  }

  private static Payload opaque(Payload payload) {
    return Payload.json(
        new LineWriter().put("codec", payload.codec()).put("bytes", (long) payload.size()).line());
  }
}
