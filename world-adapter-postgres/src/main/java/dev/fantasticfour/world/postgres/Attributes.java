package dev.fantasticfour.world.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Attributes as a flat JSON object of strings, the way {@code jsonb} takes and prints it. */
final class Attributes {

  private Attributes() {}

  /** The object, keys sorted. */
  static String write(Map<String, String> attributes) {
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(attributes)
        .forEach(
            (key, value) -> {
              json.append(json.length() > 1 ? "," : "");
              quote(json, key);
              json.append(':');
              quote(json, value);
            });
    return json.append('}').toString();
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
   * Reads what {@link #write} wrote and PostgreSQL printed. Values that somebody made anything but
   * a string in SQL are taken as their text.
   */
  static Map<String, String> read(String json) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Reader reader = new Reader(json);
    reader.skip("{ ");
    while (reader.peek() == '"') {
      String key = reader.string();
      reader.skip(": ");
      attributes.put(key, reader.peek() == '"' ? reader.string() : reader.raw());
      reader.skip(", ");
    }
    return attributes;
  }

  /** A place in the text. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    char peek() {
      return at < text.length() ? text.charAt(at) : 0;
    }

    void skip(String characters) {
      while (peek() != 0 && characters.indexOf(peek()) >= 0) {
        at++;
      }
    }

    String string() {
      StringBuilder value = new StringBuilder();
      at++;
      while (peek() != '"') {
        char c = text.charAt(at++);
        if (c != '\\') {
          value.append(c);
          continue;
        }
        char escaped = text.charAt(at++);
        switch (escaped) {
          case 'b' -> value.append('\b');
          case 'f' -> value.append('\f');
          case 'n' -> value.append('\n');
          case 'r' -> value.append('\r');
          case 't' -> value.append('\t');
          case 'u' -> {
            value.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
            at += 4;
          }
          default -> value.append(escaped);
        }
      }
      at++;
      return value.toString();
    }

    /** Anything but a string: up to the comma or brace that ends it. */
    String raw() {
      int start = at;
      int depth = 0;
      boolean quoted = false;
      for (; at < text.length(); at++) {
        char c = text.charAt(at);
        if (quoted) {
          if (c == '\\') {
            at++;
          } else if (c == '"') {
            quoted = false;
          }
        } else if (c == '"') {
          quoted = true;
        } else if (c == '{' || c == '[') {
          depth++;
        } else if ((c == ',' || c == '}') && depth == 0) {
          break;
        } else if (c == '}' || c == ']') {
          depth--;
        }
      }
      return text.substring(start, at);
    }
  }
}
