package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.WaitRecord;
import org.jspecify.annotations.Nullable;

/** What the rules need to know of a wait. */
public enum WaitState {
  /** There is no such wait. */
  ABSENT,
  /** Not due yet, or due and not completed. */
  WAITING,
  /** Completed. */
  COMPLETED,
  /** Given up. */
  CANCELLED;

  /** The state that a row shows. */
  public static WaitState of(@Nullable WaitRecord wait) {
    if (wait == null) {
      return ABSENT;
    }
    return switch (wait.status()) {
      case WAITING -> WAITING;
      case COMPLETED -> COMPLETED;
      case CANCELLED -> CANCELLED;
    };
  }

  /** The state after an accepted event of that type; other types leave it. */
  public WaitState after(EventType type) {
    return switch (type) {
      case WAIT_CREATED -> WAITING;
      case WAIT_COMPLETED -> COMPLETED;
      case WAIT_CANCELLED -> CANCELLED;
      case RUN_CREATED,
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
          HOOK_CONFLICT ->
          this;
    };
  }
}
