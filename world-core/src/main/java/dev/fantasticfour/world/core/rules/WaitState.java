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
      default -> this;
    };
  }
}
