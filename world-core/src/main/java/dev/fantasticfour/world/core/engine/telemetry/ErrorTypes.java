package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.api.event.Fact;
import org.jspecify.annotations.Nullable;

/** Says of what a run failed. */
@FunctionalInterface
public interface ErrorTypes {

  /** The class of what it failed of, as text; null for a fact that says nothing of the kind. */
  @Nullable String in(Fact fact);
}
