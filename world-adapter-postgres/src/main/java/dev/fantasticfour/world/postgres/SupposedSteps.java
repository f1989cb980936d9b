package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.HookState;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.Stage;
import dev.fantasticfour.world.core.rules.StepState;
import dev.fantasticfour.world.core.rules.WaitState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is supposed to find all steps that it does not create itself.
 *
 * @param status null when they are not there
 * @param attempt how many attempts have begun
 */
record SupposedSteps(@Nullable StepStatus status, int attempt) {

  /** They are not there. */
  static final SupposedSteps ABSENT = new SupposedSteps(null, 0);

  /** They wait. */
  static final SupposedSteps PENDING = new SupposedSteps(StepStatus.PENDING, 1);

  /** They run. */
  static final SupposedSteps RUNNING = new SupposedSteps(StepStatus.RUNNING, 1);

  /**
   * With everything else as it has to be for a batch: what it creates is not there, what it speaks
   * of is, and names are free.
   */
  Entities with(List<Draft> drafts) {
    Set<String> created = new HashSet<>();
    Map<String, Stage> stages = new HashMap<>();
    for (Draft draft : drafts) {
      EventType type = draft.fact().type();
      if (draft.correlationId() != null && isStaged(type)) {
        stages.putIfAbsent(draft.correlationId(), stageBefore(type));
      }
      if (draft.correlationId() != null
          && (type == EventType.STEP_CREATED
              || type == EventType.HOOK_CREATED
              || type == EventType.WAIT_CREATED)) {
        created.add(draft.correlationId());
      }
    }
    return new Supposed(this, created, stages);
  }

  private static boolean isStaged(EventType type) {
    return type.subject() == EventType.Subject.UPDATE || type.subject() == EventType.Subject.CHILD;
  }

  /** Where an update or a child is supposed to be for an event to follow. */
  private static Stage stageBefore(EventType type) {
    return switch (type) {
      case UPDATE_ACCEPTED, UPDATE_REJECTED -> Stage.ASKED;
      case UPDATE_COMPLETED,
          UPDATE_FAILED,
          CHILD_CANCEL_REQUESTED,
          CHILD_COMPLETED,
          CHILD_FAILED,
          CHILD_CANCELLED ->
          Stage.OPEN;
      default -> Stage.ABSENT;
    };
  }

  private record Supposed(SupposedSteps steps, Set<String> created, Map<String, Stage> stages)
      implements Entities {

    @Override
    public StepState step(String id) {
      return steps.status == null || created.contains(id)
          ? StepState.ABSENT
          : new StepState.Present(steps.status, steps.attempt, null);
    }

    @Override
    public HookState hook(String id) {
      return created.contains(id) ? HookState.NONE : HookState.LIVE;
    }

    @Override
    public String tokenOf(String hookId) {
      return hookId;
    }

    @Override
    public WaitState wait(String id) {
      return created.contains(id) ? WaitState.ABSENT : WaitState.WAITING;
    }

    @Override
    public Stage stage(EventType.Subject subject, String id) {
      return stages.getOrDefault(id, Stage.ABSENT);
    }

    @Override
    public Map<String, Stage> openUpdates() {
      return Map.of();
    }

    @Override
    public NameState token(String token) {
      return NameState.FREE;
    }

    @Override
    public NameState key(String workflow, String runKey) {
      return NameState.FREE;
    }
  }
}
