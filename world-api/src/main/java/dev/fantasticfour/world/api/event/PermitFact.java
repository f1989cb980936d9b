package dev.fantasticfour.world.api.event;

import org.jspecify.annotations.Nullable;

/** What is said about a place in a queue, or a lock, that the workflow holds or waits for. */
public sealed interface PermitFact extends Fact {

  /**
   * The code asks for it.
   *
   * @param key within the queue, or null
   * @param weight how many places it takes, at least 1
   */
  record Requested(Site site, String queue, @Nullable String key, int weight)
      implements PermitFact {
    @Override
    public EventType type() {
      return EventType.PERMIT_REQUESTED;
    }
  }

  /**
   * Written by the store: the code has it.
   *
   * @param fence grows with every grant of the queue, so that what is guarded can refuse who came
   *     before
   */
  record Granted(long fence) implements PermitFact {
    @Override
    public EventType type() {
      return EventType.PERMIT_GRANTED;
    }
  }

  /** The code gives it back, or waits for it no longer. */
  record Released() implements PermitFact {
    @Override
    public EventType type() {
      return EventType.PERMIT_RELEASED;
    }
  }

  /** Somebody took it away. */
  record Revoked(@Nullable String reason) implements PermitFact {
    @Override
    public EventType type() {
      return EventType.PERMIT_REVOKED;
    }
  }
}
