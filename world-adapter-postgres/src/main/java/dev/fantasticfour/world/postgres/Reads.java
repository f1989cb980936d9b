package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.core.rules.Protocol;
import dev.fantasticfour.world.core.rules.RunSelection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reads of one server. */
final class Reads {

  private final Sessions sessions;
  private final PostgresErrors errors;

  Reads(Sessions sessions, PostgresErrors errors) {
    this.sessions = sessions;
    this.errors = errors;
  }

  Optional<RunRecord> run(RunId run) {
    return storable(
        run.value(),
        () -> one(RunMapper.class, mapper -> mapper.run(run.value())).map(RunRow::toRecord));
  }

  Optional<RunRecord> runByKey(String workflow, String runKey) {
    return storable(
        workflow,
        () ->
            one(RunMapper.class, mapper -> mapper.runByKey(workflow, Sha256.of(runKey)))
                .map(RunRow::toRecord)
                .filter(run -> runKey.equals(run.runKey())));
  }

  List<RunRecord> ended(Set<RunId> runs) {
    String[] ids = runs.stream().map(RunId::value).filter(Texts::isStorable).toArray(String[]::new);
    return ids.length == 0
        ? List.of()
        : many(RunMapper.class, mapper -> mapper.ended(ids)).stream()
            .map(RunRow::toRecord)
            .toList();
  }

  Page<RunRecord> runs(RunFilter filter, PageRequest request) {
    requireBound(filter);
    String list = RunSelection.list(filter);
    Keyset page = Keyset.of(list, request);
    List<RunRow> rows =
        RunQuery.isStorable(filter)
            ? many(RunMapper.class, mapper -> runs(mapper, filter, page))
            : List.of();
    return Keyset.page(
        list,
        request,
        rows,
        row ->
            new Keyset.Key(
                filter.endedSince() == null ? row.createdAt() : row.completedAt(),
                row.runId(),
                null,
                null),
        RunRow::toRecord);
  }

  private static List<RunRow> runs(RunMapper mapper, RunFilter filter, Keyset page) {
    RunQuery query = RunQuery.of(filter);
    String[] live = query.livePhases(filter);
    return live == null ? mapper.runs(query, page) : mapper.live(query, live, page);
  }

  RunCount count(RunFilter filter) {
    requireBound(filter);
    if (!RunQuery.isStorable(filter)) {
      return RunCount.of(0);
    }
    RunQuery query = RunQuery.of(filter);
    return RunCount.of(
        many(
                RunMapper.class,
                mapper -> List.of(mapper.count(query, query.livePhases(filter), RunCount.MOST + 1)))
            .getFirst());
  }

  /** Asks which indexes there are only when the filter needs one. */
  private void requireBound(RunFilter filter) {
    if (!RunSelection.wanted(filter).isEmpty()) {
      RunSelection.requireBound(
          filter,
          many(RunMapper.class, RunMapper::indexMarks).stream()
              .flatMap(mark -> PostgresIndexes.marked(mark).stream())
              .collect(Collectors.toSet()));
    }
  }

  Map<String, Map<String, Long>> runCounts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (RunMapper.Count count : many(RunMapper.class, RunMapper::counts)) {
      counts
          .computeIfAbsent(count.workflow(), workflow -> new TreeMap<>())
          .put(count.status(), count.runs());
    }
    return counts;
  }

  Optional<StepRecord> step(RunId run, String stepId) {
    return storable(
        stepId,
        () ->
            one(EntityMapper.class, mapper -> mapper.step(run.value(), stepId))
                .map(StepRow::toRecord));
  }

  Page<StepRecord> steps(RunId run, PageRequest request) {
    String list = "steps\n" + run;
    Keyset page = Keyset.of(list, request);
    return Keyset.page(
        list,
        request,
        many(EntityMapper.class, mapper -> mapper.steps(run.value(), page)),
        row -> new Keyset.Key(row.createdAt(), null, null, null),
        StepRow::toRecord);
  }

  /** The position stands in the id. */
  Optional<Event> event(RunId run, String eventId) {
    long position = EventPosition.of(eventId);
    return position < 1
        ? Optional.empty()
        : one(EventMapper.class, mapper -> mapper.at(run.value(), position))
            .map(EventRow::toEvent)
            .filter(event -> event.id().equals(eventId));
  }

  Page<Event> events(RunId run, PageRequest request) {
    String list = "events\n" + run;
    Keyset page = Keyset.of(list, request);
    return events(
        list, request, many(EventMapper.class, mapper -> mapper.events(run.value(), page)));
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
    return many(EventMapper.class, mapper -> mapper.history(run.value(), after, most)).stream()
        .map(EventRow::toEvent)
        .toList();
  }

  Optional<Event> newest(RunId run, EventType type) {
    return Texts.isStorable(run.value())
        ? one(EventMapper.class, mapper -> mapper.newest(run.value(), type.word()))
            .map(EventRow::toEvent)
        : Optional.empty();
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
            ? many(
                EventMapper.class, mapper -> mapper.byCorrelation(run.value(), correlationId, page))
            : List.of();
    return events(list, request, rows);
  }

  Optional<HookRecord> hook(RunId run, String hookId) {
    return storable(
        hookId,
        () ->
            one(EntityMapper.class, mapper -> mapper.hook(run.value(), hookId))
                .map(HookRow::toRecord));
  }

  Optional<HookRecord> hookByToken(String token) {
    return one(EntityMapper.class, mapper -> mapper.hookByToken(Sha256.of(token)))
        .map(HookRow::toRecord)
        .filter(hook -> hook.token().equals(token));
  }

  Page<HookRecord> hooks(@Nullable RunId run, PageRequest request) {
    String list = "hooks\n" + (run == null ? "" : run);
    Keyset page = Keyset.of(list, request);
    return Keyset.page(
        list,
        request,
        many(EntityMapper.class, mapper -> mapper.hooks(run == null ? null : run.value(), page)),
        row -> new Keyset.Key(row.createdAt(), row.runId(), null, row.hookId()),
        HookRow::toRecord);
  }

  List<WaitRecord> waits(RunId run) {
    return many(EntityMapper.class, mapper -> mapper.waits(run.value())).stream()
        .map(WaitRow::toRecord)
        .toList();
  }

  /** What PostgreSQL cannot hold is not there. */
  private static <T> Optional<T> storable(
      String id, java.util.function.Supplier<Optional<T>> read) {
    return Texts.isStorable(id) ? read.get() : Optional.empty();
  }

  private <M, T> Optional<T> one(Class<M> mapper, Function<M, @Nullable T> statement) {
    try {
      return Optional.ofNullable(sessions.<M, @Nullable T>call(mapper, statement));
    } catch (RuntimeException e) {
      throw errors.translate("reading", e);
    }
  }

  private <M, T> List<T> many(Class<M> mapper, Function<M, List<T>> statement) {
    try {
      return sessions.call(mapper, statement);
    } catch (RuntimeException e) {
      throw errors.translate("reading", e);
    }
  }
}
