package dev.fantasticfour.world.api.event;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said about a run itself. */
public sealed interface RunFact extends Fact
    permits Fact.RunCreated,
        Fact.RunStarted,
        Fact.RunCompleted,
        Fact.RunFailed,
        Fact.RunCancelled,
        Fact.RunTerminated,
        Fact.CancelRequested,
        RunFact.Continued,
        RunFact.Deferred,
        RunFact.SignalReceived,
        RunFact.StatePublished,
        RunFact.AttributesSet,
        RunFact.ChangeMarked {

  /**
   * The run is over, and another one goes on in its place.
   *
   * @param nextRun its id
   * @param carried positions of events of this log that the successor takes over, in order: what
   *     the code was told of and has not read
   * @param birth how the successor begins, in the same unit: with the workflow, the run key and the
   *     parent of this run, and attributes that are added to those of this run. Never stored on
   *     this event
   */
  record Continued(String nextRun, List<Long> carried, @Nullable Birth birth) implements RunFact {

    public Continued {
      carried = List.copyOf(carried);
    }

    /** As it stands in the log. */
    public Continued(String nextRun, List<Long> carried) {
      this(nextRun, carried, null);
    }

    @Override
    public EventType type() {
      return EventType.RUN_CONTINUED;
    }
  }

  /**
   * A run that nobody has claimed yet is put off.
   *
   * @param notBefore it is not due before then
   */
  record Deferred(Instant notBefore) implements RunFact {
    @Override
    public EventType type() {
      return EventType.RUN_DEFERRED;
    }
  }

  /**
   * A signal arrived. It waits until the code asks for signals of that name.
   *
   * @param name of the type of signal
   * @param signalId what its sender knows it by, or null
   * @param payload null when it says nothing but that it came
   */
  record SignalReceived(String name, @Nullable String signalId, @Nullable Payload payload)
      implements RunFact {
    @Override
    public EventType type() {
      return EventType.SIGNAL_RECEIVED;
    }
  }

  /**
   * The code shows a value to whoever asks, in place of the one of that name before it.
   *
   * @param name of the type of state
   */
  record StatePublished(String name, @Nullable Payload value) implements RunFact {
    @Override
    public EventType type() {
      return EventType.STATE_PUBLISHED;
    }
  }

  /**
   * Attributes of the run are set or removed; those that are not named stay.
   *
   * @param changes by key; empty = the run has no such attribute any more
   */
  record AttributesSet(Map<String, Optional<AttributeValue>> changes) implements RunFact {

    public AttributesSet {
      changes = Map.copyOf(changes);
    }

    @Override
    public EventType type() {
      return EventType.ATTRIBUTES_SET;
    }
  }

  /**
   * The code came to a change that was made to it.
   *
   * @param changeId names the change
   * @param taken whether this run goes the new way
   */
  record ChangeMarked(String changeId, boolean taken) implements RunFact {
    @Override
    public EventType type() {
      return EventType.CHANGE_MARKED;
    }
  }
}
