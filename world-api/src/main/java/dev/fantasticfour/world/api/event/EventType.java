package dev.fantasticfour.world.api.event;

import java.util.Locale;

/**
 * What kind of thing happened. The word of each is what SQL shows in {@code workflow_events.type}.
 *
 * <p>Together they are one version of the protocol: a log that holds a type which a runtime does
 * not know is not shown to it.
 */
public enum EventType {
  RUN_CREATED(Subject.RUN),
  RUN_STARTED(Subject.RUN),
  RUN_COMPLETED(Subject.RUN),
  RUN_FAILED(Subject.RUN),
  RUN_CANCELLED(Subject.RUN),
  RUN_TERMINATED(Subject.RUN),
  RUN_CONTINUED(Subject.RUN),
  RUN_DEFERRED(Subject.RUN),
  CANCEL_REQUESTED(Subject.RUN),
  SIGNAL_RECEIVED(Subject.RUN),
  STATE_PUBLISHED(Subject.RUN),
  ATTRIBUTES_SET(Subject.RUN),
  CHANGE_MARKED(Subject.RUN),
  STEP_CREATED(Subject.STEP),
  STEP_STARTED(Subject.STEP),
  STEP_RETRYING(Subject.STEP),
  STEP_COMPLETED(Subject.STEP),
  STEP_FAILED(Subject.STEP),
  STEP_CANCELLED(Subject.STEP),
  HOOK_CREATED(Subject.HOOK),
  HOOK_RECEIVED(Subject.HOOK),
  HOOK_DISPOSED(Subject.HOOK),
  HOOK_CONFLICT(Subject.HOOK),
  HOOK_CARRIED(Subject.HOOK),
  WAIT_CREATED(Subject.WAIT),
  WAIT_COMPLETED(Subject.WAIT),
  WAIT_CANCELLED(Subject.WAIT),
  CHILD_CREATED(Subject.CHILD),
  CHILD_CONFLICT(Subject.CHILD),
  CHILD_COMPLETED(Subject.CHILD),
  CHILD_FAILED(Subject.CHILD),
  CHILD_CANCELLED(Subject.CHILD),
  CHILD_CANCEL_REQUESTED(Subject.CHILD),
  CHILD_CARRIED(Subject.CHILD),
  SIGNAL_SENT(Subject.SEND),
  PERMIT_REQUESTED(Subject.PERMIT),
  PERMIT_GRANTED(Subject.PERMIT),
  PERMIT_RELEASED(Subject.PERMIT),
  PERMIT_REVOKED(Subject.PERMIT),
  UPDATE_REQUESTED(Subject.UPDATE),
  UPDATE_ACCEPTED(Subject.UPDATE),
  UPDATE_REJECTED(Subject.UPDATE),
  UPDATE_COMPLETED(Subject.UPDATE),
  UPDATE_FAILED(Subject.UPDATE);

  /** What an event can be about. */
  public enum Subject {
    /** The run itself: the event has no correlation id. */
    RUN,
    /** A step. */
    STEP,
    /** A hook. */
    HOOK,
    /** A sleep or a timeout. */
    WAIT,
    /** A run that this one started. */
    CHILD,
    /** A signal that the workflow sends to another run. */
    SEND,
    /** A place in a queue or a lock that the workflow asks for. */
    PERMIT,
    /** A request with an answer that somebody sent to the run. */
    UPDATE
  }

  private final Subject subject;
  private final String word = name().toLowerCase(Locale.ROOT);

  EventType(Subject subject) {
    this.subject = subject;
  }

  /** What it is about. */
  public Subject subject() {
    return subject;
  }

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
    return switch (this) {
      case RUN_COMPLETED, RUN_FAILED, RUN_CANCELLED, RUN_TERMINATED, RUN_CONTINUED -> true;
      default -> false;
    };
  }

  /** Whether the event is about the run itself, so that it has no correlation id. */
  public boolean isOfRun() {
    return subject == Subject.RUN;
  }

  /** Whether it is about a step. */
  public boolean isOfStep() {
    return subject == Subject.STEP;
  }

  /** Whether it is about a hook. */
  public boolean isOfHook() {
    return subject == Subject.HOOK;
  }

  /** Whether it is about a wait. */
  public boolean isOfWait() {
    return subject == Subject.WAIT;
  }
}
