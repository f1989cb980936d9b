package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;

/** How far a child, a send, a permit or an update has come: what the rules need to know of it. */
public enum Stage {
  /** There is none of that id. */
  ABSENT,
  /** Somebody asked for it and has no answer: a permit that waits, an update that nobody took. */
  ASKED,
  /** It goes on: a child that runs, a permit that is held, an update that is handled. */
  OPEN,
  /** Nothing follows. */
  OVER;

  /** Whether an event of that type may follow; only for types about one of these four. */
  boolean allows(EventType type) {
    return switch (type) {
      case CHILD_CREATED,
          CHILD_CONFLICT,
          CHILD_CARRIED,
          SIGNAL_SENT,
          PERMIT_REQUESTED,
          UPDATE_REQUESTED ->
          this == ABSENT;
      case PERMIT_GRANTED, UPDATE_ACCEPTED, UPDATE_REJECTED -> this == ASKED;
      case CHILD_COMPLETED,
          CHILD_FAILED,
          CHILD_CANCELLED,
          CHILD_CANCEL_REQUESTED,
          PERMIT_REVOKED,
          UPDATE_COMPLETED ->
          this == OPEN;
      // Who waits for a permit may give up waiting, and what was asked for may fail unheard.
      case PERMIT_RELEASED, UPDATE_FAILED -> this == ASKED || this == OPEN;
      default -> throw new IllegalArgumentException(type.word() + " is about none of these");
    };
  }

  /** Where it is after an accepted event of that type; other types leave it. */
  public Stage after(EventType type) {
    return switch (type) {
      case PERMIT_REQUESTED, UPDATE_REQUESTED -> ASKED;
      case CHILD_CREATED, CHILD_CARRIED, CHILD_CANCEL_REQUESTED, PERMIT_GRANTED, UPDATE_ACCEPTED ->
          OPEN;
      case CHILD_CONFLICT,
          CHILD_COMPLETED,
          CHILD_FAILED,
          CHILD_CANCELLED,
          SIGNAL_SENT,
          PERMIT_RELEASED,
          PERMIT_REVOKED,
          UPDATE_REJECTED,
          UPDATE_COMPLETED,
          UPDATE_FAILED ->
          OVER;
      default -> this;
    };
  }

  /** Whether the events about that have stages. */
  static boolean isOf(EventType.Subject subject) {
    return switch (subject) {
      case CHILD, SEND, PERMIT, UPDATE -> true;
      case RUN, STEP, HOOK, WAIT -> false;
    };
  }
}
