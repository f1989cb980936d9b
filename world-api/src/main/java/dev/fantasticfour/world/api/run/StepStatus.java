package dev.fantasticfour.world.api.run;

/** The states of a step. The last three are final. */
public enum StepStatus {
  /** Created or between two attempts. */
  PENDING,
  /** A body is running. */
  RUNNING,
  /** A result is recorded. */
  COMPLETED,
  /** It failed for good. */
  FAILED,
  /** The workflow gave it up (a lost race, a closed scope, a cancelled run). */
  CANCELLED;

  /** Whether nothing can change the step any more. */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /** The word used in SQL and JSON: the lower-case name. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The status of that word, as {@link #word()} gives it. */
  public static StepStatus ofWord(String word) {
    return valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }
}
