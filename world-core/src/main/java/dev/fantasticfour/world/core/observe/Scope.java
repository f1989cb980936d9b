package dev.fantasticfour.world.core.observe;

import java.util.Map;

/** An operation under way, as one observer sees it. */
@FunctionalInterface
public interface Scope {

  /** Of nobody who cares. */
  Scope NONE = outcome -> {};

  /**
   * It is over. Called once, on the thread on which it began unless the operation says otherwise.
   */
  void close(Outcome outcome);

  /**
   * What the observer wants to be told where somebody goes on with this, in whatever process: short
   * texts, by names that only it uses. They go along as far as that costs nothing, and may be lost.
   * Called while the operation goes on.
   *
   * @return empty when it wants nothing
   */
  default Map<String, String> context() {
    return Map.of();
  }
}
