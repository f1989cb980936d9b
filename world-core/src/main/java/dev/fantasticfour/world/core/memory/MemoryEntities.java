package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.HookState;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.StepState;
import dev.fantasticfour.world.core.rules.WaitState;
import org.jspecify.annotations.Nullable;

/** The states of one run and of the names of the whole store, for the rules to look at. */
record MemoryEntities(MemoryStore store, RunEntry run) implements Entities {

  @Override
  public StepState step(String id) {
    return StepState.of(run.fold.steps().get(id));
  }

  @Override
  public HookState hook(String id) {
    return run.fold.hookState(id);
  }

  @Override
  public @Nullable String tokenOf(String hookId) {
    HookRecord hook = run.fold.hooks().get(hookId);
    return hook == null ? null : hook.token();
  }

  @Override
  public WaitState wait(String id) {
    return WaitState.of(run.fold.waits().get(id));
  }

  @Override
  public NameState token(String token) {
    MemoryStore.LiveHook hook = store.tokens.get(token);
    return hook == null ? NameState.FREE : new NameState.Held(hook.run(), null);
  }

  @Override
  public NameState key(String workflow, String runKey) {
    RunId holder = store.keys.get(new MemoryStore.RunKey(workflow, runKey));
    RunEntry held = holder == null ? null : store.find(holder);
    return held == null
        ? NameState.FREE
        : new NameState.Held(held.id, held.record(false).inputHash());
  }
}
