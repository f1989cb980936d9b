package dev.fantasticfour.world.core.observe;

/** An operation under way, as one observer sees it. */
@FunctionalInterface
public interface Scope {

  /** Of nobody who cares. */
  Scope NONE = outcome -> {};

  /** It is over. Called once, on the thread on which it began. */
  void close(Outcome outcome);
}
