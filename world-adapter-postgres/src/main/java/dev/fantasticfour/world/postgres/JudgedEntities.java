package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.HookState;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.Stage;
import dev.fantasticfour.world.core.rules.StepState;
import dev.fantasticfour.world.core.rules.WaitState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steps, hooks and waits of a run that is judged, and the names of the store. */
record JudgedEntities(JudgedTables tables) implements Entities {

  @Override
  public StepState step(String id) {
    AppendMapper.StateRow step = tables.door().ask(mapper -> mapper.stepState(tables.id(), id));
    return step == null || step.status() == null
        ? StepState.ABSENT
        : new StepState.Present(
            StepStatus.ofWord(step.status()), step.attempt(), step.retryAfter());
  }

  @Override
  public HookState hook(String id) {
    AppendMapper.StateRow hook = hookRow(id);
    return hook == null
        ? HookState.NONE
        : hook.status() == null ? HookState.DISPOSED : HookState.LIVE;
  }

  @Override
  public @Nullable String tokenOf(String hookId) {
    AppendMapper.StateRow hook = hookRow(hookId);
    return hook == null ? null : hook.status();
  }

  private AppendMapper.@Nullable StateRow hookRow(String id) {
    return tables.door().ask(mapper -> mapper.hookState(tables.id(), id));
  }

  @Override
  public WaitState wait(String id) {
    AppendMapper.StateRow wait = tables.door().ask(mapper -> mapper.waitState(tables.id(), id));
    return wait == null || wait.status() == null
        ? WaitState.ABSENT
        : WaitState.valueOf(wait.status().toUpperCase(Locale.ROOT));
  }

  @Override
  public Stage stage(EventType.Subject subject, String id) {
    return tables.stages().of(subject, id);
  }

  @Override
  public Map<String, Stage> openUpdates() {
    Map<String, Stage> open = new LinkedHashMap<>();
    for (AppendMapper.OpenUpdateRow row :
        tables.door().ask(mapper -> mapper.openUpdates(tables.id()))) {
      open.put(row.updateId(), row.taken() ? Stage.OPEN : Stage.ASKED);
    }
    return open;
  }

  @Override
  public NameState token(String token) {
    return tables.token(token);
  }

  @Override
  public NameState key(String workflow, String runKey) {
    return tables.key(workflow, runKey);
  }
}
