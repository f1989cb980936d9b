package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.event.WaitFact;
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
      case ChildFact.Created f -> f.site();
      case ChildFact.Conflict f -> f.site();
      case SendFact.SignalSent f -> f.site();
      case PermitFact.Requested f -> f.site();
      case RunFact f -> null;
      case HookFact f -> null;
      case WaitFact f -> null;
      case ChildFact f -> null;
      case PermitFact f -> null;
      case UpdateFact f -> null;
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
      case RunFact f -> 0;
      case HookFact f -> 0;
      case WaitFact f -> 0;
      case ChildFact f -> 0;
      case SendFact f -> 0;
      case PermitFact f -> 0;
      case UpdateFact f -> 0;
    };
  }
}
