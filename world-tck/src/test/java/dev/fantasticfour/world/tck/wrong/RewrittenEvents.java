package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Shows other events than it keeps, the same ones everywhere. */
final class RewrittenEvents extends OtherHistory {

  private final UnaryOperator<Event> shown;

  RewrittenEvents(Storage inner, UnaryOperator<Event> shown) {
    super(inner);
    this.shown = shown;
  }

  /** The event with another id, time and fact. */
  static Event with(Event event, String id, Instant createdAt, Fact fact) {
    return new Event(
        event.run(),
        event.position(),
        id,
        createdAt,
        event.occurredAt(),
        event.correlationId(),
        event.batchId(),
        event.seen(),
        fact);
  }

  private List<Event> shown(List<Event> events) {
    return events.stream().map(shown).toList();
  }

  private Page<Event> shown(Page<Event> page) {
    return new Page<>(shown(page.items()), page.cursor(), page.hasMore());
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return super.append(batches).stream().map(this::shown).toList();
  }

  private AppendResult shown(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended r ->
          new AppendResult.Appended(
              r.run(), shown(r.events()), r.owner(), r.taskQueue(), shown(r.unseen()));
      case AppendResult.Repeated r ->
          new AppendResult.Repeated(
              r.run(), shown(r.events()), r.owner(), r.taskQueue(), shown(r.unseen()));
      case AppendResult.Stale r -> new AppendResult.Stale(shown(r.missing()));
      default -> result;
    };
  }

  @Override
  public Optional<Event> event(RunId run, String eventId) {
    return history(run, 0, 10_000).stream().filter(e -> e.id().equals(eventId)).findFirst();
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    return shown(super.events(run, page));
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return shown(super.history(run, after, limit));
  }

  @Override
  public Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest page) {
    return shown(super.eventsByCorrelation(run, correlationId, page));
  }
}
