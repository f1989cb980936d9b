package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.HookRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of a run as the fold of its log says them, for stores that read the log before they
 * append to it.
 *
 * @param names those of the whole store, which no log of one run tells
 */
public record FoldedEntities(RunFold fold, Names names) implements Entities {

  @Override
  public StepState step(String id) {
    return StepState.of(fold.steps().get(id));
  }

  @Override
  public HookState hook(String id) {
    return fold.hooks().state(id);
  }

  @Override
  public @Nullable String tokenOf(String hookId) {
    HookRecord hook = fold.hooks().live().get(hookId);
    return hook == null ? null : hook.token();
  }

  @Override
  public WaitState wait(String id) {
    return WaitState.of(fold.waits().get(id));
  }

  @Override
  public Stage stage(EventType.Subject subject, String id) {
    return fold.stage(subject, id);
  }

  @Override
  public Map<String, Stage> openUpdates() {
    Map<String, Stage> open = new LinkedHashMap<>();
    for (String id : fold.shown().updates().keySet()) {
      Stage stage = fold.stage(EventType.Subject.UPDATE, id);
      if (stage != Stage.OVER) {
        open.put(id, stage);
      }
    }
    return open;
  }

  @Override
  public NameState token(String token) {
    return names.token(token);
  }

  @Override
  public NameState key(String workflow, String runKey) {
    return names.key(workflow, runKey);
  }
}
