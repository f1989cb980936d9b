package dev.fantasticfour.world.api.run;

import java.util.Locale;

/** How far an update has come. */
public enum UpdateStatus {
  /** It is in the log, and the code has not looked at it. */
  REQUESTED,
  /** The code takes it, and handles it. */
  ACCEPTED,
  /** The code does not take it. */
  REJECTED,
  /** It has its answer. */
  COMPLETED,
  /** What handled it failed, or the run ended first. */
  FAILED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word used in SQL and JSON: the lower-case name. */
  public String word() {
    return word;
  }

  /** The status of that word, as {@link #word()} gives it. */
  public static UpdateStatus ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether nothing follows. */
  public boolean isFinal() {
    return this == REJECTED || this == COMPLETED || this == FAILED;
  }
}
