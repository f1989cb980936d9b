package com.example.h2;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.rules.PageCursors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    boolean ascending = request.order() == PageRequest.Order.ASCENDING;
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

  Page<RunRecord> runs(RunFilter filter, PageRequest request) {
    StringBuilder query = new StringBuilder("select * from runs where true");
    Map<String, @Nullable Object> values = new HashMap<>();
    if (filter.workflow() != null) {
      query.append(" and workflow = :workflow");
      values.put("workflow", filter.workflow());
    }
    if (filter.status() != null) {
      query.append(" and status = :status");
      values.put("status", filter.status().word());
    }
    if (filter.stalled()) {
      query.append(" and stalled_at is not null");
    }
    TreeMap<String, String> attributes = new TreeMap<>(filter.attributes());
    for (String attribute : Values.attributes(attributes)) {
      String name = "attribute" + values.size();
      query.append(" and array_contains(attributes, :").append(name).append(')');
      values.put(name, attribute);
    }
    return page(
        "runs\n%s\n%s\n%s\n%s"
            .formatted(filter.workflow(), filter.status(), attributes, filter.stalled()),
        request,
        query.toString(),
        "number",
        values,
        row -> {
          RunId run = new RunId(row.getColumn("run_id", String.class));
          return tables.run(run, false).orElseThrow();
        });
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
          return tables.log(of).fold().hookOf(row.getColumn("token", String.class));
        });
  }

  private static Map<String, @Nullable Object> values(String id, @Nullable RunId run) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("id", id);
    values.put("run", run);
    return values;
  }
}
