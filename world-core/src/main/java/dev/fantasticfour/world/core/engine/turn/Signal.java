package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.port.AppendResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to an execution from outside its turns. */
public sealed interface Signal {

  /** Begin, with the whole log so far. */
  record Begin(List<Event> log) implements Signal {}

  /** A body has come to a result. */
  record Finished(String stepId, int attempt, StepResult result) implements Signal {}

  /** A body has been running for so long that it should be seen. */
  record RunsLong(String stepId, int attempt) implements Signal {}

  /** The message of a queued step is gone: the step is over, or it was lost. */
  record Unsent(String stepId) implements Signal {}

  /** The alarm that was set. */
  record Alarm() implements Signal {}

  /** Events that this process has appended for others. */
  record Told(List<Event> events) implements Signal {}

  /** Something was appended; nobody says what. */
  record Nudged() implements Signal {}

  /** What the run had sent to others has reached them. */
  record Relieved() implements Signal {}

  /** The store's answer to the batch in flight; {@code failure} when there will be none. */
  record Answered(@Nullable AppendResult result, @Nullable Throwable failure) implements Signal {}

  /** This node wants the run's threads back, if it is only waiting. */
  record Evict() implements Signal {}

  /**
   * Somebody keeps the run from going on: the execution ends when its bodies have; or nobody does
   * any more.
   */
  record Hold(boolean isHeld) implements Signal {}

  /** This node goes, in order: the execution ends when all its outcomes are recorded. */
  record Leave() implements Signal {}

  /** This node no longer executes the run. */
  record Detach() implements Signal {}
}
