package dev.fantasticfour.world.api.run;

/** The five states of a run. The last three are final. */
public enum RunStatus {
  /** Accepted, not started yet. */
  PENDING,
  /** Started, not ended: it may be executing, parked, or standing stalled. */
  RUNNING,
  /** The workflow returned. */
  COMPLETED,
  /** The workflow threw. */
  FAILED,
  /** Cancelled or terminated. */
  CANCELLED;

  /** Whether nothing can change the run any more. */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /** The word used in SQL and JSON: the lower-case name. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The status of that word, as {@link #word()} gives it. */
  public static RunStatus ofWord(String word) {
    return valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }
}
