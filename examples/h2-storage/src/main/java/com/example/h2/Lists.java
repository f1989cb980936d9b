package com.example.h2;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.rules.PageCursors;
import dev.fantasticfour.world.core.rules.RunSelection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** Pages of lists, within one state of the database. */
record Lists(Tables tables) {

  /** An item of a list, and the number that orders it. */
  private record Numbered<T>(long number, T item) {}

  /** Makes an item of a row. */
  private interface Item<T> {
    T of(RowView row);
  }

  /**
   * One page of the rows of a query.
   *
   * @param query ends in a condition; its values are bound by their names
   * @param number the column that orders the rows
   */
  private <T> Page<T> page(
      String list,
      PageRequest request,
      String query,
      String number,
      Map<String, ? extends @Nullable Object> values,
      Item<T> item) {
    boolean ascending = request.order() == Order.ASCENDING;
    Long after = PageCursors.after(list, request);
    List<Numbered<T>> found =
        tables
            .handle()
            .createQuery(
                "%s and %s %s :after order by %2$s %s limit :limit"
                    .formatted(query, number, ascending ? ">" : "<", ascending ? "asc" : "desc"))
            .bindMap(values)
            .bind("after", after == null ? (ascending ? Long.MIN_VALUE : Long.MAX_VALUE) : after)
            .bind("limit", request.limit() + 1)
            .map(row -> new Numbered<>(row.getColumn(number, Long.class), item.of(row)))
            .list();
    Page<Numbered<T>> page = PageCursors.page(list, request, found, Numbered::number);
    return new Page<>(
        page.items().stream().map(Numbered::item).toList(), page.cursor(), page.hasMore());
  }

  /**
   * By creation, or by end. The tables narrow it down by what they know; what a filter means is
   * said by the rules.
   */
  Page<RunRecord> runs(RunFilter filter, PageRequest request) {
    RunSelection.requireBound(filter, Set.of());
    String list = RunSelection.list(filter);
    if (filter.endedSince() != null) {
      return PageCursors.placedOfAll(
          list,
          request,
          matching(filter, Order.ASCENDING, null, all -> all.map(Numbered::item).toList()).stream()
              .sorted(Comparator.comparing(Lists::end))
              .toList(),
          Lists::end);
    }
    Page<Numbered<RunRecord>> page =
        PageCursors.page(
            list,
            request,
            matching(
                filter,
                request.order(),
                PageCursors.after(list, request),
                all -> all.limit(request.limit() + 1L).toList()),
            Numbered::number);
    return new Page<>(
        page.items().stream().map(Numbered::item).toList(), page.cursor(), page.hasMore());
  }

  RunCount count(RunFilter filter) {
    RunSelection.requireBound(filter, Set.of());
    return RunCount.of(
        matching(filter, Order.ASCENDING, null, all -> all.limit(RunCount.MOST + 1L).count()));
  }

  private static PageCursors.Place end(RunRecord run) {
    Instant at = Objects.requireNonNull(run.completedAt());
    return new PageCursors.Place(ChronoUnit.MICROS.between(Instant.EPOCH, at), run.id().value());
  }

  /** The runs that match, by creation, read one after the other as far as they are wanted. */
  private <T> T matching(
      RunFilter filter,
      Order order,
      @Nullable Long after,
      Function<Stream<Numbered<RunRecord>>, T> wanted) {
    boolean ascending = order == Order.ASCENDING;
    RunFilter byFirst = RunSelection.byFirst(filter, run -> tables.run(run, false));
    StringBuilder query = new StringBuilder("select run_id, number from runs where number ");
    query.append(ascending ? "> :after" : "< :after");
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("after", after == null ? (ascending ? Long.MIN_VALUE : Long.MAX_VALUE) : after);
    if (filter.workflow() != null) {
      query.append(" and workflow = :workflow");
      values.put("workflow", filter.workflow());
    }
    if (filter.stalled()) {
      query.append(" and stalled_at is not null");
    }
    query.append(" order by number ").append(ascending ? "asc" : "desc");
    try (Stream<Numbered<RunRecord>> found =
        tables
            .handle()
            .createQuery(query.toString())
            .bindMap(values)
            .map(row -> new Numbered<>(row.getColumn("number", Long.class), run(row)))
            .stream()) {
      return wanted.apply(found.filter(run -> RunSelection.matches(run.item(), byFirst)));
    }
  }

  private RunRecord run(RowView row) {
    return tables.run(new RunId(row.getColumn("run_id", String.class)), false).orElseThrow();
  }

  Map<String, Map<String, Long>> runCounts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    tables
        .handle()
        .select("select workflow, status, count(*) from runs group by workflow, status")
        .map(
            (rows, context) ->
                counts
                    .computeIfAbsent(rows.getString(1), workflow -> new TreeMap<>())
                    .put(rows.getString(2), rows.getLong(3)))
        .list();
    return counts;
  }

  /** Within a run times grow, and each event creates one step at most. */
  Page<StepRecord> steps(RunId run, PageRequest request) {
    return PageCursors.pageOfAll(
        "steps\n" + run,
        request,
        List.copyOf(tables.log(run).fold().steps().values()),
        step -> ChronoUnit.MICROS.between(Instant.EPOCH, step.createdAt()));
  }

  Page<Event> events(RunId run, PageRequest request) {
    return PageCursors.pageOfAll(
        "events\n" + run, request, tables.log(run).events(), Event::position);
  }

  Page<Event> about(RunId run, String correlationId, PageRequest request) {
    return PageCursors.pageOfAll(
        "correlated\n" + run + "\n" + correlationId,
        request,
        tables.log(run).events().stream()
            .filter(event -> correlationId.equals(event.correlationId()))
            .toList(),
        Event::position);
  }

  /** Who has a token is listed; what it is stands in the log. */
  Page<HookRecord> hooks(@Nullable RunId run, PageRequest request) {
    return page(
        "hooks\n" + (run == null ? "" : run),
        request,
        "select * from tokens where run_id = coalesce(:run, run_id)",
        "number",
        values("", run),
        row -> {
          RunId of = new RunId(row.getColumn("run_id", String.class));
          return tables
              .log(of)
              .fold()
              .hooks()
              .ofToken(row.getColumn("token", String.class))
              .orElseThrow();
        });
  }

  private static Map<String, @Nullable Object> values(String id, @Nullable RunId run) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("id", id);
    values.put("run", run);
    return values;
  }
}
