package dev.fantasticfour.world.api.attribute;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A place in a JSON object of attributes. */
final class AttributeReader {

  private final String json;
  private int at;

  AttributeReader(String json) {
    this.json = json;
  }

  /** Reads the whole object; a value that is {@code null} there is empty. */
  void object(BiConsumer<String, Optional<AttributeValue>> member) {
    take('{');
    if (!has('}')) {
      do {
        String key = string();
        take(':');
        member.accept(key, value());
      } while (has(','));
      take('}');
    }
    if (peek() != 0) {
      throw malformed();
    }
  }

  private Optional<AttributeValue> value() {
    char first = peek();
    int start = at;
    return switch (first) {
      case '"' -> Optional.of(AttributeValue.of(string()));
      case '[' -> Optional.of(array(start));
      case '{' -> Optional.of(odd(start));
      default -> literal(word());
    };
  }

  /** A set of texts, or the text of the array when it holds anything else. */
  private AttributeValue array(int start) {
    TreeSet<String> texts = new TreeSet<>();
    take('[');
    if (has(']')) {
      return AttributeValue.of(texts);
    }
    do {
      if (peek() != '"') {
        at = start;
        return odd(start);
      }
      texts.add(string());
    } while (has(','));
    take(']');
    return AttributeValue.of(texts);
  }

  private static Optional<AttributeValue> literal(String word) {
    return switch (word) {
      case "null" -> Optional.empty();
      case "true" -> Optional.of(AttributeValue.of(true));
      case "false" -> Optional.of(AttributeValue.of(false));
      default -> Optional.of(AttributeValue.of(new BigDecimal(word)));
    };
  }

  private String word() {
    int start = at;
    while (at < json.length() && ",}] \t\r\n".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    String word = json.substring(start, at);
    boolean number = word.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,6})?");
    if (!number && !word.equals("null") && !word.equals("true") && !word.equals("false")) {
      throw malformed();
    }
    return word;
  }

  /** An object or an array that is no attribute, as its text. */
  private AttributeValue odd(int start) {
    int depth = 0;
    do {
      char c = peek();
      if (c == 0) {
        throw malformed();
      } else if (c == '"') {
        string();
      } else {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        at++;
      }
    } while (depth > 0);
    return AttributeValue.of(json.substring(start, at));
  }

  private String string() {
    take('"');
    StringBuilder text = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return text.toString();
      }
      text.append(c == '\\' ? escaped(next()) : c);
    }
  }

  private char escaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
      default -> c;
    };
  }

  private int hex() {
    int digit = Character.digit(next(), 16);
    if (digit < 0) {
      throw malformed();
    }
    return digit;
  }

  private char next() {
    if (at >= json.length()) {
      throw malformed();
    }
    return json.charAt(at++);
  }

  /** The next character that is no white space, without going beyond it; NUL at the end. */
  private char peek() {
    while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
    return at < json.length() ? json.charAt(at) : 0;
  }

  private boolean has(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void take(char wanted) {
    if (!has(wanted)) {
      throw malformed();
    }
  }

  private WorldException malformed() {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT, "attributes are a JSON object; this is none at index " + at);
  }
}
