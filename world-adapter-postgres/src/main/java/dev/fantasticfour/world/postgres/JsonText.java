package dev.fantasticfour.world.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether PostgreSQL can read a document that claims to be JSON. Its {@code json} type keeps any
 * well-formed text, but a NUL or half a surrogate pair anywhere in it makes every {@code ->>} on it
 * fail, and so does deep nesting: one odd row would break a report over all rows. Such a document
 * gets a readable copy, with U+FFFD for those characters and null for what lies too deep.
 */
final class JsonText {

  /** How deep a document may be nested; PostgreSQL gives up at some thousands. */
  static final int MAX_DEPTH = 1000;

  private static final String REPLACEMENT = "\\ufffd";

  private final String text;
  private int at;
  private int copied;

  /** Where the container begins that lies too deep, while inside it; otherwise -1. */
  private int tooDeep = -1;

  private @Nullable StringBuilder copy;

  private JsonText(String text) {
    this.text = text;
  }

  /** What was found out about a document. */
  private record Found(boolean exact, @Nullable String text) {}

  private @Nullable Found found;

  /** Looks at a document. */
  static JsonText of(byte[] bytes) {
    JsonText json;
    try {
      json =
          new JsonText(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      json = new JsonText("");
    }
    json.found = json.look();
    return json;
  }

  /** Whether PostgreSQL reads it as it is. */
  boolean isExact() {
    return found != null && found.exact();
  }

  /** What PostgreSQL can read of it, or null when it is no JSON. */
  @Nullable String readable() {
    return found == null ? null : found.text();
  }

  private Found look() {
    space();
    if (!value() || !ended()) {
      return new Found(false, null);
    }
    if (copy == null) {
      return new Found(true, text);
    }
    return new Found(false, copy.append(text, copied, text.length()).toString());
  }

  private boolean ended() {
    space();
    return at == text.length();
  }

  /** One value with everything in it; not recursive, since depth is what is distrusted. */
  private boolean value() {
    StringBuilder open = new StringBuilder();
    while (true) {
      char c = peek();
      boolean opened = false;
      if (c == '{' || c == '[') {
        if (open.length() == MAX_DEPTH && tooDeep < 0) {
          tooDeep = at;
        }
        open.append(c);
        at++;
        space();
        if (peek() == closing(c)) {
          // Closed below, like any other.
          opened = true;
        } else if (c == '[') {
          continue;
        } else if (key()) {
          continue;
        } else {
          return false;
        }
      } else if (!scalar(c)) {
        return false;
      }
      // After a value, or inside an empty container.
      while (true) {
        space();
        if (open.isEmpty()) {
          return true;
        }
        char container = open.charAt(open.length() - 1);
        char next = peek();
        if (next == closing(container)) {
          at++;
          open.setLength(open.length() - 1);
          opened = false;
          if (open.length() == MAX_DEPTH && tooDeep >= 0) {
            replace(tooDeep, at, "null");
            tooDeep = -1;
          }
        } else if (next == ',' && !opened) {
          at++;
          space();
          if (container == '{' && !key()) {
            return false;
          }
          break;
        } else {
          return false;
        }
      }
    }
  }

  private static char closing(char open) {
    return open == '{' ? '}' : ']';
  }

  private boolean key() {
    if (peek() != '"' || !string()) {
      return false;
    }
    space();
    if (peek() != ':') {
      return false;
    }
    at++;
    space();
    return true;
  }

  private boolean scalar(char c) {
    return switch (c) {
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean word(String word) {
    if (!text.startsWith(word, at)) {
      return false;
    }
    at += word.length();
    return true;
  }

  private boolean number() {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else if (!digits()) {
      return false;
    }
    if (peek() == '.') {
      at++;
      if (!digits()) {
        return false;
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > start;
  }

  private boolean string() {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return true;
      }
      if (c < ' ') {
        return false;
      }
      if (c == '\\') {
        if (!escape()) {
          return false;
        }
      } else {
        at++;
      }
    }
    return false;
  }

  private boolean escape() {
    int start = at;
    at++;
    char c = peek();
    at++;
    if (c != 'u') {
      return "\"\\/bfnrt".indexOf(c) >= 0 && c != 0;
    }
    int unit = hex(at);
    if (unit < 0) {
      return false;
    }
    at += 4;
    if (Character.isHighSurrogate((char) unit)
        && text.startsWith("\\u", at)
        && hex(at + 2) >= 0
        && Character.isLowSurrogate((char) hex(at + 2))) {
      at += 6;
    } else if ((unit == 0 || Character.isSurrogate((char) unit)) && tooDeep < 0) {
      replace(start, at, REPLACEMENT);
    }
    return true;
  }

  private int hex(int from) {
    if (from + 4 > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void replace(int from, int to, String with) {
    if (copy == null) {
      copy = new StringBuilder(text.length());
    }
    copy.append(text, copied, from).append(with);
    copied = to;
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The character there, NUL at the end; a NUL in the text is never legal either. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }
}
