package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.EventIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes events of one type into the log although the rules refuse them. */
final class ExtraEvents extends OtherHistory {

  private final EventType type;
  private final Map<RunId, List<Event>> extra;

  /**
   * @param extra what was written so, shared by all instances over one store
   */
  ExtraEvents(Storage inner, EventType type, Map<RunId, List<Event>> extra) {
    super(inner);
    this.type = type;
    this.extra = extra;
  }

  static Map<RunId, List<Event>> nothing() {
    return new ConcurrentHashMap<>();
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return batches.stream().map(this::append).toList();
  }

  private AppendResult append(Batch batch) {
    AppendResult result = super.append(List.of(batch)).getFirst();
    Draft draft = batch.drafts().getFirst();
    boolean refused =
        result instanceof AppendResult.Closed || result instanceof AppendResult.NotFound;
    if (!refused
        || draft.fact().type() != type
        || !(batch.target() instanceof Target.OfRun target)
        || history(target.run(), 0, 1).isEmpty()) {
      return result;
    }
    Event last = history(target.run(), 0, 10_000).getLast();
    Instant createdAt = last.createdAt().plus(1, ChronoUnit.MICROS);
    Event event =
        new Event(
            target.run(),
            last.position() + 1,
            EventIds.of(target.run(), last.position() + 1, createdAt),
            createdAt,
            draft.occurredAt(),
            draft.correlationId(),
            batch.id(),
            Event.NOT_BY_OWNER,
            draft.fact());
    extra.computeIfAbsent(target.run(), run -> new ArrayList<>()).add(event);
    return new AppendResult.Appended(target.run(), List.of(event), null, "orders", List.of());
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    List<Event> all = new ArrayList<>(super.history(run, 0, 10_000));
    all.addAll(extra.getOrDefault(run, List.of()));
    return all.stream().filter(event -> event.position() > after).limit(limit).toList();
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    Page<Event> inLog = super.events(run, page);
    List<Event> all = new ArrayList<>(inLog.items());
    all.addAll(extra.getOrDefault(run, List.of()));
    return new Page<>(all, inLog.cursor(), inLog.hasMore());
  }
}
