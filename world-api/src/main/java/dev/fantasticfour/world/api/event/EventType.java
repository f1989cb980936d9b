package dev.fantasticfour.world.api.event;

import java.util.Locale;

/**
 * What kind of thing happened. The word of each is what SQL shows in {@code workflow_events.type}.
 */
public enum EventType {
  RUN_CREATED,
  RUN_STARTED,
  RUN_COMPLETED,
  RUN_FAILED,
  RUN_CANCELLED,
  RUN_TERMINATED,
  CANCEL_REQUESTED,
  STEP_CREATED,
  STEP_STARTED,
  STEP_RETRYING,
  STEP_COMPLETED,
  STEP_FAILED,
  STEP_CANCELLED,
  HOOK_CREATED,
  HOOK_RECEIVED,
  HOOK_DISPOSED,
  HOOK_CONFLICT,
  WAIT_CREATED,
  WAIT_COMPLETED,
  WAIT_CANCELLED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word used in SQL and JSON: the lower-case name. */
  public String word() {
    return word;
  }

  /** The type of that word, as {@link #word()} gives it. */
  public static EventType ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether it is the last word on a run. */
  public boolean endsRun() {
    return this == RUN_COMPLETED
        || this == RUN_FAILED
        || this == RUN_CANCELLED
        || this == RUN_TERMINATED;
  }

  /** Whether the event is about the run itself, so that it has no correlation id. */
  public boolean isOfRun() {
    return ordinal() <= CANCEL_REQUESTED.ordinal();
  }

  /** Whether it is about a step. */
  public boolean isOfStep() {
    return ordinal() >= STEP_CREATED.ordinal() && ordinal() <= STEP_CANCELLED.ordinal();
  }

  /** Whether it is about a hook. */
  public boolean isOfHook() {
    return ordinal() >= HOOK_CREATED.ordinal() && ordinal() <= HOOK_CONFLICT.ordinal();
  }

  /** Whether it is about a wait. */
  public boolean isOfWait() {
    return ordinal() >= WAIT_CREATED.ordinal();
  }
}
