package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import java.util.EnumSet;
import java.util.Set;

/** Who may append what (law L3; the table in section 3 of the design). */
public final class Permissions {

  /** What the owner of a run may append. */
  private static final Set<EventType> OWNER =
      EnumSet.of(
          EventType.RUN_STARTED,
          EventType.RUN_COMPLETED,
          EventType.RUN_FAILED,
          EventType.RUN_CANCELLED,
          EventType.STEP_CREATED,
          EventType.STEP_STARTED,
          EventType.STEP_RETRYING,
          EventType.STEP_COMPLETED,
          EventType.STEP_FAILED,
          EventType.STEP_CANCELLED,
          EventType.HOOK_CREATED,
          EventType.HOOK_DISPOSED,
          EventType.WAIT_CREATED,
          EventType.WAIT_COMPLETED,
          EventType.WAIT_CANCELLED,
          EventType.RUN_CONTINUED,
          EventType.STATE_PUBLISHED,
          EventType.ATTRIBUTES_SET,
          EventType.CHANGE_MARKED,
          EventType.CHILD_CREATED,
          EventType.CHILD_CANCEL_REQUESTED,
          EventType.SIGNAL_SENT,
          EventType.PERMIT_REQUESTED,
          EventType.PERMIT_RELEASED,
          EventType.UPDATE_ACCEPTED,
          EventType.UPDATE_REJECTED,
          EventType.UPDATE_COMPLETED,
          EventType.UPDATE_FAILED);

  /** What the holder of an attempt may append about its step. */
  private static final Set<EventType> HOLDER =
      EnumSet.of(
          EventType.STEP_STARTED,
          EventType.STEP_RETRYING,
          EventType.STEP_COMPLETED,
          EventType.STEP_FAILED);

  /** What anyone may append to a run that was claimed. */
  private static final Set<EventType> ANYONE =
      EnumSet.of(
          EventType.HOOK_RECEIVED,
          EventType.CANCEL_REQUESTED,
          EventType.WAIT_COMPLETED,
          EventType.RUN_TERMINATED,
          EventType.RUN_DEFERRED,
          EventType.SIGNAL_RECEIVED,
          EventType.ATTRIBUTES_SET,
          EventType.PERMIT_REVOKED,
          EventType.UPDATE_REQUESTED);

  /** What reaches a run from another one. */
  private static final Set<EventType> RELAY =
      EnumSet.of(
          EventType.SIGNAL_RECEIVED,
          EventType.CANCEL_REQUESTED,
          EventType.RUN_TERMINATED,
          EventType.CHILD_COMPLETED,
          EventType.CHILD_FAILED,
          EventType.CHILD_CANCELLED);

  /** What the store alone writes. */
  private static final Set<EventType> WORLD =
      EnumSet.of(
          EventType.HOOK_CONFLICT,
          EventType.HOOK_CARRIED,
          EventType.CHILD_CONFLICT,
          EventType.CHILD_CARRIED,
          EventType.PERMIT_GRANTED);

  /** What becomes of a child is told by nobody but the child. */
  private static final Set<EventType> OF_CHILDREN =
      EnumSet.of(EventType.CHILD_COMPLETED, EventType.CHILD_FAILED, EventType.CHILD_CANCELLED);

  private Permissions() {}

  /**
   * Whether that authority may append that draft. What only the world writes is nobody's. Whether
   * an owner is still the owner, and whether a relay waits, are other questions.
   *
   * @param claimed whether the run was ever claimed
   */
  public static boolean allow(Authority by, boolean claimed, Draft draft) {
    EventType type = draft.fact().type();
    if (WORLD.contains(type)) {
      return false;
    }
    return switch (by) {
      case Authority.Anyone anyone -> claimed ? ANYONE.contains(type) : !OF_CHILDREN.contains(type);
      case Authority.Foreign foreign -> !claimed && !OF_CHILDREN.contains(type);
      case Authority.Relay relay -> RELAY.contains(type);
      case Authority.Owner owner -> OWNER.contains(type);
      case Authority.AttemptHolder holder ->
          HOLDER.contains(type) && holder.stepId().equals(draft.correlationId());
    };
  }
}
