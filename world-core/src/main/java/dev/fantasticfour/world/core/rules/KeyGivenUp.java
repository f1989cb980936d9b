package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states in which a batch for a run key finds things when the run that has the key has ended:
 * as they are, but that the key is free. Nobody gives it up before the batch is accepted, so that a
 * refused one leaves no trace (law L1).
 */
record KeyGivenUp(Entities found) implements Entities {

  @Override
  public StepState step(String id) {
    return found.step(id);
  }

  @Override
  public HookState hook(String id) {
    return found.hook(id);
  }

  @Override
  public @Nullable String tokenOf(String hookId) {
    return found.tokenOf(hookId);
  }

  @Override
  public WaitState wait(String id) {
    return found.wait(id);
  }

  @Override
  public Stage stage(EventType.Subject subject, String id) {
    return found.stage(subject, id);
  }

  @Override
  public Map<String, Stage> openUpdates() {
    return found.openUpdates();
  }

  @Override
  public NameState token(String token) {
    return found.token(token);
  }

  /** Of the one run that the batch creates. */
  @Override
  public NameState key(String workflow, String runKey) {
    return NameState.FREE;
  }
}
