package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import org.jspecify.annotations.Nullable;

/** Parts that several kinds of facts have. */
public final class FactParts {

  private FactParts() {}

  /** Where in the code it was asked for; null when the fact does not say. */
  public static @Nullable Site site(Fact fact) {
    return switch (fact) {
      case Fact.StepCreated f -> f.site();
      case Fact.StepStarted f -> f.site();
      case Fact.StepRetrying f -> f.site();
      case Fact.StepCompleted f -> f.site();
      case Fact.StepFailed f -> f.site();
      case Fact.StepCancelled f -> f.site();
      case Fact.HookCreated f -> f.site();
      case Fact.HookConflict f -> f.site();
      case Fact.WaitCreated f -> f.site();
      case Fact.RunCreated f -> null;
      case Fact.RunStarted f -> null;
      case Fact.RunCompleted f -> null;
      case Fact.RunFailed f -> null;
      case Fact.RunCancelled f -> null;
      case Fact.RunTerminated f -> null;
      case Fact.CancelRequested f -> null;
      case Fact.HookReceived f -> null;
      case Fact.HookDisposed f -> null;
      case Fact.WaitCompleted f -> null;
      case Fact.WaitCancelled f -> null;
    };
  }

  /** The attempt that the fact names, 0 when it names none. */
  public static int attempt(Fact fact) {
    return switch (fact) {
      case Fact.StepStarted f -> f.attempt();
      case Fact.StepRetrying f -> f.attempt();
      case Fact.StepCompleted f -> f.attempt();
      case Fact.StepFailed f -> f.attempt();
      case Fact.StepCreated f -> 0;
      case Fact.StepCancelled f -> 0;
      case Fact.HookCreated f -> 0;
      case Fact.HookConflict f -> 0;
      case Fact.WaitCreated f -> 0;
      case Fact.RunCreated f -> 0;
      case Fact.RunStarted f -> 0;
      case Fact.RunCompleted f -> 0;
      case Fact.RunFailed f -> 0;
      case Fact.RunCancelled f -> 0;
      case Fact.RunTerminated f -> 0;
      case Fact.CancelRequested f -> 0;
      case Fact.HookReceived f -> 0;
      case Fact.HookDisposed f -> 0;
      case Fact.WaitCompleted f -> 0;
      case Fact.WaitCancelled f -> 0;
    };
  }
}
