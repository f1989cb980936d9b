package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.core.observe.Occurrence.Ending;
import org.jspecify.annotations.Nullable;

/** How a fact ends a run. */
final class Endings {

  private Endings() {}

  /** How; null for a fact that ends none. */
  static @Nullable Ending in(Fact fact) {
    return switch (fact) {
      case Fact.RunCompleted f -> Ending.COMPLETED;
      case RunFact.Continued f -> Ending.CONTINUED;
      case Fact.RunFailed f -> Ending.FAILED;
      case Fact.RunCancelled f -> Ending.CANCELLED;
      case Fact.RunTerminated f -> Ending.TERMINATED;
      default -> null;
    };
  }
}
