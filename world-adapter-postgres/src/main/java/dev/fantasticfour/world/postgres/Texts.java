package dev.fantasticfour.world.postgres;

import java.nio.charset.StandardCharsets;

/** Texts for people. */
final class Texts {

  private Texts() {}

  /** The text with U+FFFD for what PostgreSQL could not keep: NUL and half surrogate pairs. */
  static String storable(String text) {
    String whole = text.replace('\0', '\uFFFD');
    StringBuilder copy = new StringBuilder(whole.length());
    whole
        .codePoints()
        .forEach(
            c ->
                copy.appendCodePoint(
                    c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c));
    return copy.toString();
  }

  /** Whether an id can be in the store at all; others are not looked for. */
  static boolean isStorable(String text) {
    return text.equals(storable(text)) && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
