package dev.fantasticfour.world.core.rules;

import org.jspecify.annotations.Nullable;

/** Which texts a store can keep: those that are well-formed and hold no NUL. */
final class StorableText {

  private StorableText() {}

  /** Whether every store gives the text back as it is. */
  static boolean accepts(String text) {
    String kept = of(text);
    return text == kept || text.equals(kept);
  }

  /** The text with U+FFFD for whatever a store could not keep; for texts meant for people. */
  static @Nullable String of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    StringBuilder copy = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        if (copy == null) {
          copy = new StringBuilder(text);
        }
        copy.setCharAt(i, '\uFFFD');
      }
    }
    return copy == null ? text : copy.toString();
  }
}
