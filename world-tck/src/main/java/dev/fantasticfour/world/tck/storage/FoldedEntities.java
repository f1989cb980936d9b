package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.HookState;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.RunFold;
import dev.fantasticfour.world.core.rules.StepState;
import dev.fantasticfour.world.core.rules.WaitState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of a run as the fold of its log says them.
 *
 * @param names tokens and run keys that other runs hold
 */
record FoldedEntities(RunId run, RunFold fold, Map<String, NameState> names) implements Entities {

  @Override
  public StepState step(String id) {
    return StepState.of(fold.steps().get(id));
  }

  @Override
  public HookState hook(String id) {
    return fold.hookState(id);
  }

  @Override
  public @Nullable String tokenOf(String hookId) {
    HookRecord hook = fold.hooks().get(hookId);
    return hook == null ? null : hook.token();
  }

  @Override
  public WaitState wait(String id) {
    return WaitState.of(fold.waits().get(id));
  }

  @Override
  public NameState token(String token) {
    boolean own = fold.hooks().values().stream().anyMatch(hook -> hook.token().equals(token));
    return own ? new NameState.Held(run, null) : names.getOrDefault(token, NameState.FREE);
  }

  @Override
  public NameState key(String workflow, String runKey) {
    return names.getOrDefault(runKey, NameState.FREE);
  }
}
