package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.Names;
import dev.fantasticfour.world.core.rules.RunFold;
import java.util.Map;

/**
 * The names that a run and others hold.
 *
 * @param others tokens and run keys that other runs hold
 */
record HeldNames(RunId run, RunFold fold, Map<String, NameState> others) implements Names {

  @Override
  public NameState token(String token) {
    return fold.hooks()
        .ofToken(token)
        .<NameState>map(hook -> new NameState.Held(run, null, fold.hooks().isCarried(hook.id())))
        .orElseGet(() -> others.getOrDefault(token, NameState.FREE));
  }

  @Override
  public NameState key(String workflow, String runKey) {
    return others.getOrDefault(runKey, NameState.FREE);
  }
}
