package dev.fantasticfour.world.api.run;

/** The states of a wait (a sleep or a timeout). The last two are final. */
public enum WaitStatus {
  /** Not due yet. */
  WAITING,
  /** Its time came, or it was woken early. */
  COMPLETED,
  /** The workflow no longer waits for it. */
  CANCELLED;

  /** Whether nothing can change the wait any more. */
  public boolean isFinal() {
    return this != WAITING;
  }

  /** The word used in SQL and JSON: the lower-case name. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The status of that word, as {@link #word()} gives it. */
  public static WaitStatus ofWord(String word) {
    return valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }
}
