package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Protocol;
import java.util.List;
import java.util.Optional;

/** Reads of logs. What decides is read from the primary, pages may come from a replica. */
final class LogReads {

  private final Reading primary;
  private final Reading lists;

  LogReads(Reading primary, Reading lists) {
    this.primary = primary;
    this.lists = lists;
  }

  /** The position stands in the id. */
  Optional<Event> event(RunId run, String eventId) {
    long position = EventPosition.of(eventId);
    return position < 1
        ? Optional.empty()
        : primary
            .one(EventMapper.class, mapper -> mapper.at(run.value(), position))
            .map(EventRow::toEvent)
            .filter(event -> event.id().equals(eventId));
  }

  Page<Event> events(RunId run, PageRequest request) {
    String list = "events\n" + run;
    Keyset page = Keyset.of(list, request);
    return events(
        list, request, lists.all(EventMapper.class, mapper -> mapper.events(run.value(), page)));
  }

  private static Page<Event> events(String list, PageRequest request, List<EventRow> rows) {
    return Keyset.page(
        list,
        request,
        rows,
        row -> new Keyset.Key(null, null, row.position(), null),
        EventRow::toEvent);
  }

  List<Event> history(RunId run, long after, int limit) {
    int most = mostOf(limit);
    return primary
        .all(EventMapper.class, mapper -> mapper.history(run.value(), after, most))
        .stream()
        .map(EventRow::toEvent)
        .toList();
  }

  Optional<Event> newest(RunId run, EventType type) {
    return Reading.storable(
        run.value(),
        () ->
            primary
                .one(EventMapper.class, mapper -> mapper.newest(run.value(), type.word()))
                .map(EventRow::toEvent));
  }

  private static int mostOf(int limit) {
    if (limit < 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "history limit must be at least 1, is " + limit);
    }
    return Math.min(limit, Protocol.MAX_HISTORY);
  }

  Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest request) {
    String list = "correlated\n" + run + "\n" + correlationId;
    Keyset page = Keyset.of(list, request);
    List<EventRow> rows =
        Texts.isStorable(correlationId)
            ? lists.all(
                EventMapper.class, mapper -> mapper.byCorrelation(run.value(), correlationId, page))
            : List.of();
    return events(list, request, rows);
  }
}
