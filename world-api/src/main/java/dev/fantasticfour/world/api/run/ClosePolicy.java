package dev.fantasticfour.world.api.run;

import java.util.Locale;

/** What becomes of a child that is not over when the run ends that started it. */
public enum ClosePolicy {
  /** It is asked to cancel itself. */
  REQUEST_CANCEL,
  /** It is ended at once. */
  TERMINATE,
  /** It goes on. */
  ABANDON;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word used in SQL and JSON: the lower-case name. */
  public String word() {
    return word;
  }

  /** The policy of that word, as {@link #word()} gives it. */
  public static ClosePolicy ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
