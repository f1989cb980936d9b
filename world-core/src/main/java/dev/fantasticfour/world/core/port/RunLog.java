package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log of every run: the one write of facts, and the facts as they were written.
 *
 * <p><b>Guarantees.</b> {@link #append} is the only write of facts. Each batch is all or nothing,
 * views included; a refused one leaves no trace. Positions of a run are dense and given at commit:
 * nothing ever appears before an event that a reader has already seen (ORD-1, ORD-2). What was
 * accepted is read back at once through every instance (ORD-6), byte for byte.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes. Every guard holds inside the atomic
 * unit: of two batches that exclude each other exactly one is accepted.
 *
 * <p><b>Failure.</b> As in {@link Storage}.
 */
public interface RunLog {

  /**
   * Appends batches, each atomic by itself, in no promised order between different runs; those of
   * one run in list order. One batch waits for a locked run up to a bounded time; of several, those
   * whose run is locked by somebody else answer {@link AppendResult.Busy}.
   *
   * @return one result per batch, in the order given
   */
  List<AppendResult> append(List<Batch> batches);

  /**
   * Moves relays that wait for these runs into their logs: what other runs have sent them. Those of
   * one source enter in the order in which they were sent, each once, however often and by however
   * many it is moved (F2). A run that is locked is left for later. What waits for a run that has
   * ended, or that is not there, goes without a trace.
   *
   * @param limit how many of each run's to move at most, at least 1
   * @return what has entered, by run; a run of which nothing did is not named
   */
  List<Relayed> relay(Set<RunId> targets, int limit);

  /**
   * To which runs a run still owes something: its relays that nobody has moved yet.
   *
   * @param limit how many runs to name at most, at least 1
   * @return empty when it owes nothing, or there is no such run
   */
  Set<RunId> owed(RunId source, int limit);

  /**
   * What has entered the log of a run.
   *
   * @param owner who has to be told of it; null when nobody owns the run
   * @param taskQueue where to send a wake-up when nobody does
   */
  record Relayed(RunId run, @Nullable WorkerId owner, String taskQueue, List<Event> events) {
    public Relayed {
      events = List.copyOf(events);
    }
  }

  /** The event of that id, if it belongs to that run. */
  Optional<Event> event(RunId run, String eventId);

  /** Events of a run by position. */
  Page<Event> events(RunId run, PageRequest page);

  /**
   * The log after a position, in order, at most {@code limit} events (up to 10 000): what replay
   * reads.
   */
  List<Event> history(RunId run, long after, int limit);

  /**
   * The newest event of a type in the log of a run. An adapter answers it with one statement.
   *
   * @return empty when there is none, or no such run
   */
  default Optional<Event> newest(RunId run, EventType type) {
    Optional<Event> found = Optional.empty();
    List<Event> page = history(run, 0, 10_000);
    while (!page.isEmpty()) {
      for (Event event : page) {
        found = event.type() == type ? Optional.of(event) : found;
      }
      page = history(run, page.getLast().position(), 10_000);
    }
    return found;
  }

  /**
   * The events about one step, hook or wait of a run, in the order of its log. Ids of these are a
   * run's own (ID-1): the same id in another run is something else.
   */
  Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest page);
}
