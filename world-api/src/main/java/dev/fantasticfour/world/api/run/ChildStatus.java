package dev.fantasticfour.world.api.run;

import java.util.Locale;

/** How far a child has come, as far as the run knows that started it. */
public enum ChildStatus {
  /** It goes on. */
  OPEN,
  /** It returned. */
  COMPLETED,
  /** It failed. */
  FAILED,
  /** It was cancelled or terminated. */
  CANCELLED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word used in SQL and JSON: the lower-case name. */
  public String word() {
    return word;
  }

  /** The status of that word, as {@link #word()} gives it. */
  public static ChildStatus ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
