package dev.fantasticfour.world.api.error;

/**
 * What went wrong, in one word that stays the same over releases. Decide by code or kind, never by
 * message text.
 */
public enum ErrorCode {
  /** An id, limit, cursor, name or value that no store would take. */
  INVALID_ARGUMENT(Kind.CALLER),
  /** A setting that is missing or cannot be read. */
  INVALID_CONFIGURATION(Kind.CALLER),
  /** No such run. */
  RUN_NOT_FOUND(Kind.CALLER),
  /** No such step. */
  STEP_NOT_FOUND(Kind.CALLER),
  /** No live hook: it never was, was disposed, or its run ended. */
  HOOK_NOT_FOUND(Kind.CALLER),
  /** No such event. */
  EVENT_NOT_FOUND(Kind.CALLER),
  /** The token of a hook belongs to another live hook. */
  HOOK_CONFLICT(Kind.CALLER),
  /** The run key was used before with another input. */
  RUN_KEY_CONFLICT(Kind.CALLER),
  /** The run has ended already. */
  RUN_ENDED(Kind.CALLER),
  /** The run was written with a newer protocol than this world speaks. */
  RUN_NOT_SUPPORTED(Kind.CALLER),
  /** Whoever acts through {@code Operations} may not do that. */
  NOT_PERMITTED(Kind.CALLER),
  /** A capability this adapter declines by name. */
  NOT_SUPPORTED(Kind.CALLER),
  /** The run failed; the cause says how. */
  RUN_FAILED(Kind.CALLER),
  /** The run was cancelled. */
  RUN_CANCELLED(Kind.CALLER),
  /** The run did not take the update; the cause says why. */
  UPDATE_REJECTED(Kind.CALLER),
  /** The run took the update and could not answer it; the cause says why. */
  UPDATE_FAILED(Kind.CALLER),
  /** Compensations of a saga failed for good: what they were to undo is still there. */
  COMPENSATION_FAILED(Kind.CALLER),
  /** Nothing came within the time given. */
  TIMED_OUT(Kind.CALLER),
  /** A value is larger than what it is for may be. */
  PAYLOAD_TOO_LARGE(Kind.CALLER),
  /** A value cannot be turned into a payload, or a payload into a value. */
  SERIALIZATION(Kind.CALLER),
  /** The world, or one of its parts, is closed. */
  CLOSED(Kind.CALLER),
  /**
   * The store cannot answer. The operation may or may not have happened; repeating it with the same
   * id is safe.
   */
  UNAVAILABLE(Kind.TRANSIENT),
  /** Too much at once; try again later. */
  THROTTLED(Kind.TRANSIENT),
  /** The code of a workflow no longer matches its log. */
  NON_DETERMINISM(Kind.BUG),
  /** A store or the engine broke a promise. */
  CONTRACT_VIOLATION(Kind.BUG);

  /** Who has to act. */
  public enum Kind {
    /** The caller asked for something that cannot be. */
    CALLER,
    /** Nobody: it passes. */
    TRANSIENT,
    /** A developer of the workflow, of an adapter, or of World. */
    BUG
  }

  private final Kind kind;

  ErrorCode(Kind kind) {
    this.kind = kind;
  }

  /** Who has to act. */
  public Kind kind() {
    return kind;
  }
}
