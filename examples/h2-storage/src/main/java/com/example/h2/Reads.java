package com.example.h2;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.core.rules.PageCursors;
import dev.fantasticfour.world.core.rules.Protocol;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The reads, each within one state of the database. */
record Reads(Transaction in) {

  /** An item of a list, and the number that orders it. */
  private record Numbered<T>(long number, T item) {}

  /**
   * One page of the rows of a query.
   *
   * @param query ends in a condition
   * @param number the column that orders the rows
   */
  private <T> Page<T> page(
      String list,
      PageRequest request,
      String query,
      String number,
      Row.Reader<T> reader,
      @Nullable Object... values)
      throws SQLException {
    boolean ascending = request.order() == PageRequest.Order.ASCENDING;
    Long after = PageCursors.after(list, request);
    List<@Nullable Object> all = new ArrayList<>();
    Collections.addAll(all, values);
    all.add(after == null ? (ascending ? Long.MIN_VALUE : Long.MAX_VALUE) : after);
    all.add(request.limit() + 1);
    List<Numbered<T>> found =
        in.list(
            "%s and %s %s ? order by %2$s %s limit ?"
                .formatted(query, number, ascending ? ">" : "<", ascending ? "asc" : "desc"),
            row -> new Numbered<>(row.number(number), reader.read(row)),
            all.toArray());
    Page<Numbered<T>> page = PageCursors.page(list, request, found, Numbered::number);
    return new Page<>(
        page.items().stream().map(Numbered::item).toList(), page.cursor(), page.hasMore());
  }

  Optional<RunRecord> run(RunId id) throws SQLException {
    Optional<RunRow> row = RunRow.find(in, id);
    return row.isEmpty() ? Optional.empty() : Optional.of(row.get().record(in, true));
  }

  Optional<RunRecord> runByKey(String workflow, String runKey) throws SQLException {
    return in.first(
        "select * from runs where workflow = ? and run_key = ?",
        row -> RunRow.read(row).record(in, true),
        workflow,
        runKey);
  }

  List<RunRecord> ended(Set<RunId> runs) throws SQLException {
    List<RunRecord> ended = new ArrayList<>();
    for (RunId id : runs) {
      run(id).filter(run -> run.status().isFinal()).ifPresent(ended::add);
    }
    return ended;
  }

  Page<RunRecord> runs(RunFilter filter, PageRequest request) throws SQLException {
    StringBuilder query = new StringBuilder("select * from runs where true");
    List<@Nullable Object> values = new ArrayList<>();
    if (filter.workflow() != null) {
      query.append(" and workflow = ?");
      values.add(filter.workflow());
    }
    if (filter.status() != null) {
      query.append(" and status = ?");
      values.add(filter.status().word());
    }
    if (filter.stalled()) {
      query.append(" and stalled_at is not null");
    }
    Map<String, String> attributes = new TreeMap<>(filter.attributes());
    attributes.forEach(
        (name, content) -> {
          query.append(
              " and exists (select 1 from attributes a where a.run_id = runs.run_id"
                  + " and a.name = ? and a.content = ?)");
          values.add(name);
          values.add(content);
        });
    return page(
        "runs\n%s\n%s\n%s\n%s"
            .formatted(filter.workflow(), filter.status(), attributes, filter.stalled()),
        request,
        query.toString(),
        "number",
        row -> RunRow.read(row).record(in, false),
        values.toArray());
  }

  Map<String, Map<String, Long>> runCounts() throws SQLException {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    in.list(
        "select workflow, status, count(*) as amount from runs group by workflow, status",
        row ->
            counts
                .computeIfAbsent(row.text("workflow"), workflow -> new TreeMap<>())
                .merge(row.text("status"), row.number("amount"), Long::sum));
    return counts;
  }

  Optional<StepRecord> step(RunId run, String id) throws SQLException {
    return Optional.ofNullable(new Events(in).step(run, id));
  }

  Page<StepRecord> steps(RunId run, PageRequest request) throws SQLException {
    Page<String> ids =
        page(
            "steps\n" + run,
            request,
            "select * from (select correlation_id, min(position) as number from events"
                + " where run_id = ? and type like 'step_%' group by correlation_id) where true",
            "number",
            row -> row.text("correlation_id"),
            run);
    List<StepRecord> steps = new ArrayList<>();
    for (String id : ids.items()) {
      steps.add(step(run, id).orElseThrow());
    }
    return new Page<>(steps, ids.cursor(), ids.hasMore());
  }

  Optional<Event> event(RunId run, String eventId) throws SQLException {
    return new Events(in).of(run, "true").stream().filter(e -> e.id().equals(eventId)).findFirst();
  }

  Page<Event> events(RunId run, PageRequest request) throws SQLException {
    return page(
        "events\n" + run,
        request,
        "select * from events where run_id = ?",
        "position",
        new Events(in)::event,
        run);
  }

  List<Event> history(RunId run, long after, int limit) throws SQLException {
    if (limit < 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "history limit must be at least 1, is " + limit);
    }
    return in.list(
        "select * from events where run_id = ? and position > ? order by position limit ?",
        new Events(in)::event,
        run,
        after,
        Math.min(limit, Protocol.MAX_HISTORY));
  }

  Page<Event> eventsByCorrelation(String id, @Nullable RunId run, PageRequest request)
      throws SQLException {
    return page(
        "correlated\n" + id + "\n" + (run == null ? "" : run),
        request,
        "select * from events where correlation_id = ? and run_id = coalesce(?, run_id)",
        "number",
        new Events(in)::event,
        id,
        run);
  }

  Optional<HookRecord> hook(RunId run, String id) throws SQLException {
    return in.first(
        "select run_id, hook_id from tokens where run_id = ? and hook_id = ?", this::hook, run, id);
  }

  Optional<HookRecord> hookByToken(String token) throws SQLException {
    return in.first("select run_id, hook_id from tokens where token = ?", this::hook, token);
  }

  Page<HookRecord> hooks(@Nullable RunId run, PageRequest request) throws SQLException {
    return page(
        "hooks\n" + (run == null ? "" : run),
        request,
        "select * from tokens where run_id = coalesce(?, run_id)",
        "number",
        this::hook,
        run);
  }

  /** Who has a token is listed; what it is stands in the log. */
  private HookRecord hook(Row row) throws SQLException {
    RunId run = new RunId(row.text("run_id"));
    HookRecord hook = new Events(in).hook(run, row.text("hook_id"));
    if (hook == null) {
      throw new IllegalStateException("a token of run " + run + " leads to no hook");
    }
    return hook;
  }

  List<WaitRecord> waits(RunId run) throws SQLException {
    boolean over = RunRow.find(in, run).filter(row -> !row.status().isFinal()).isEmpty();
    return over ? List.of() : new Events(in).waits(run);
  }
}
