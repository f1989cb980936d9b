package dev.fantasticfour.world.api.event;

import dev.fantasticfour.world.api.Payload;
import org.jspecify.annotations.Nullable;

/** What is said about a request with an answer that somebody sent to a run. */
public sealed interface UpdateFact extends Fact {

  /**
   * It arrived. It waits until the code takes updates of that name.
   *
   * @param name of the type of update
   */
  record Requested(String name, @Nullable Payload request) implements UpdateFact {
    @Override
    public EventType type() {
      return EventType.UPDATE_REQUESTED;
    }
  }

  /** The code takes it; an answer will follow. */
  record Accepted() implements UpdateFact {
    @Override
    public EventType type() {
      return EventType.UPDATE_ACCEPTED;
    }
  }

  /** The code does not take it, and nothing else has changed. */
  record Rejected(Payload error, @Nullable String errorCode) implements UpdateFact {
    @Override
    public EventType type() {
      return EventType.UPDATE_REJECTED;
    }
  }

  /** The answer; null when it says nothing but that it is done. */
  record Completed(@Nullable Payload result) implements UpdateFact {
    @Override
    public EventType type() {
      return EventType.UPDATE_COMPLETED;
    }
  }

  /** There is no answer: what handled it failed, or the run ended first. */
  record Failed(Payload error, @Nullable String errorCode) implements UpdateFact {
    @Override
    public EventType type() {
      return EventType.UPDATE_FAILED;
    }
  }
}
