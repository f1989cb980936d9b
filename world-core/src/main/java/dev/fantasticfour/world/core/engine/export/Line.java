package dev.fantasticfour.world.core.engine.export;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fantasticfour.world.api.Payload;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line that was read: an object by members, each as the text in which it stands. Members that
 * nobody asks for do not matter.
 */
final class Line {

  /** What stands behind the name of a payload that is no JSON: its codec, and its bytes. */
  static final String CODEC = "_codec";

  static final String BYTES = "_base64";

  private final Map<String, String> members;

  private Line(Map<String, String> members) {
    this.members = members;
  }

  /** What is wrong with a line. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  static Line read(String text) throws Unreadable {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = JsonText.FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unreadable("is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int unused = value.isScalarValue() ? parser.getTextLength() : 0;
        members.put(name, text.substring(start, (int) parser.currentLocation().getCharOffset()));
      }
      if (parser.nextToken() != null) {
        throw new Unreadable("has something behind its JSON object");
      }
    } catch (JsonParseException e) {
      throw new Unreadable("is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Unreadable("is no JSON: " + e.getMessage());
    }
    return new Line(members);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** A document as it stands there, or null. */
  @Nullable String document(String name) {
    return members.get(name);
  }

  @Nullable String text(String name) throws Unreadable {
    String value = members.get(name);
    if (value == null) {
      return null;
    }
    try (JsonParser parser = JsonText.FACTORY.createParser(value)) {
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
    } catch (IOException e) {
      // It was read before; it is just no text.
    }
    throw new Unreadable("has a '" + name + "' that is no text");
  }

  String required(String name) throws Unreadable {
    return there(name, text(name));
  }

  private static <T> T there(String name, @Nullable T value) throws Unreadable {
    if (value == null) {
      throw new Unreadable("has no '" + name + "'");
    }
    return value;
  }

  List<String> texts(String name) throws Unreadable {
    List<String> texts = new ArrayList<>();
    String value = members.get(name);
    try (JsonParser parser = JsonText.FACTORY.createParser(value == null ? "[]" : value)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.add(parser.getText());
        }
        if (parser.currentToken() == JsonToken.END_ARRAY) {
          return texts;
        }
      }
    } catch (IOException e) {
      // It was read before; it is just no list of texts.
    }
    throw new Unreadable("has a '" + name + "' that is no list of texts");
  }

  @Nullable Long number(String name) throws Unreadable {
    String value = members.get(name);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw new Unreadable("has a '" + name + "' that is no whole number");
    }
  }

  long requiredNumber(String name) throws Unreadable {
    return there(name, number(name));
  }

  @Nullable Boolean flag(String name) throws Unreadable {
    String value = members.get(name);
    if (value == null || value.equals("true") || value.equals("false")) {
      return value == null ? null : Boolean.valueOf(value);
    }
    throw new Unreadable("has a '" + name + "' that is neither true nor false");
  }

  @Nullable Instant time(String name) throws Unreadable {
    String value = text(name);
    try {
      return value == null ? null : Instant.parse(value);
    } catch (DateTimeException e) {
      throw new Unreadable("has a '" + name + "' that is no time");
    }
  }

  Instant requiredTime(String name) throws Unreadable {
    return there(name, time(name));
  }

  @Nullable Payload payload(String name) throws Unreadable {
    String document = members.get(name);
    if (document != null) {
      return Payload.json(document);
    }
    String codec = text(name + CODEC);
    if (codec == null) {
      return null;
    }
    try {
      return Payload.of(codec, Base64.getDecoder().decode(required(name + BYTES)));
    } catch (IllegalArgumentException e) {
      throw new Unreadable("has a '" + name + BYTES + "' that is no base 64");
    }
  }
}
