package dev.fantasticfour.world.redis;

/**
 * Any text as letters, digits, {@code _}, {@code -}, {@code .} and escapes, so that it can stand in
 * a key or between braces. Two texts never have the same form, and each can be read back.
 */
final class KeyText {

  private KeyText() {}

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        escaped.append(c);
      } else {
        // UTF-16 units, not bytes: a lone surrogate has no UTF-8 form of its own.
        escaped.append('%').append(String.format("%04x", (int) c));
      }
    }
    return escaped.toString();
  }

  static String unescape(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        text.append((char) Integer.parseInt(escaped.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}
