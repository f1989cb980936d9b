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
          EventType.WAIT_CANCELLED);

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
          EventType.RUN_TERMINATED);

  private Permissions() {}

  /**
   * Whether that authority may append that draft. A {@code hook_conflict} is the world's alone.
   * Whether an owner is still the owner is another question.
   *
   * @param claimed whether the run was ever claimed
   */
  public static boolean allow(Authority by, boolean claimed, Draft draft) {
    EventType type = draft.fact().type();
    if (type == EventType.HOOK_CONFLICT) {
      return false;
    }
    return switch (by) {
      case Authority.Anyone anyone -> !claimed || ANYONE.contains(type);
      case Authority.Owner owner -> OWNER.contains(type);
      case Authority.AttemptHolder holder ->
          HOLDER.contains(type) && holder.stepId().equals(draft.correlationId());
    };
  }
}
