package com.example.h2;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.core.rules.EventIds;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.RunFold;
import dev.fantasticfour.world.core.rules.StepFold;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The log, and what is folded from parts of it. */
record Events(Transaction in) {

  void insert(Event event) throws SQLException {
    FactColumns fact = FactColumns.of(event.fact());
    Site site = fact.site();
    in.update(
        "insert into events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.run(),
        event.position(),
        in.nextNumber(),
        event.type().word(),
        event.correlationId(),
        event.createdAt(),
        event.occurredAt(),
        event.batchId(),
        event.seen(),
        site == null ? null : site.name(),
        site == null ? null : site.branch(),
        site == null ? null : site.index(),
        fact.attempt(),
        fact.text(),
        fact.worker(),
        fact.token(),
        fact.conflictingRun(),
        fact.webhook(),
        fact.time(),
        fact.payload());
  }

  /** Events by their positions, of a run, that fulfil a condition. */
  List<Event> of(RunId run, String condition, @Nullable Object... values) throws SQLException {
    @Nullable Object[] all = new @Nullable Object[values.length + 1];
    all[0] = run;
    System.arraycopy(values, 0, all, 1, values.length);
    return in.list(
        "select * from events where run_id = ? and " + condition + " order by position",
        this::event,
        all);
  }

  List<Event> about(RunId run, String correlationId) throws SQLException {
    return of(run, "correlation_id = ?", correlationId);
  }

  List<Event> byOthers(RunId run, long after, long upTo) throws SQLException {
    return of(run, "position > ? and position <= ? and seen = ?", after, upTo, Event.NOT_BY_OWNER);
  }

  /** The run that a row is about, folded from the events about it and from the newest of all. */
  RunFold run(RunId run) throws SQLException {
    RunFold fold = new RunFold(run);
    of(
            run,
            "(correlation_id is null or position ="
                + " (select last_position from runs r where r.run_id = events.run_id))")
        .forEach(fold::apply);
    return fold;
  }

  @Nullable StepRecord step(RunId run, String id) throws SQLException {
    return step(about(run, id));
  }

  static @Nullable StepRecord step(List<Event> about) {
    StepRecord step = null;
    for (Event event : about) {
      step = event.type().isOfStep() ? StepFold.after(step, event) : step;
    }
    return step;
  }

  @Nullable HookRecord hook(RunId run, String id) throws SQLException {
    RunFold fold = new RunFold(run);
    of(run, "correlation_id = ? and type like 'hook_%'", id).forEach(fold::apply);
    return fold.hooks().get(id);
  }

  List<WaitRecord> waits(RunId run) throws SQLException {
    RunFold fold = new RunFold(run);
    of(run, "type like 'wait_%'").forEach(fold::apply);
    return List.copyOf(fold.waits().values());
  }

  Event event(Row row) throws SQLException {
    RunId run = new RunId(row.text("run_id"));
    long position = row.number("position");
    Instant createdAt = row.time("created_at");
    EventType type = EventType.ofWord(row.text("type"));
    return new Event(
        run,
        position,
        EventIds.of(run, position, createdAt),
        createdAt,
        row.time("occurred_at"),
        row.textOrNull("correlation_id"),
        row.text("batch_id"),
        row.number("seen"),
        type == EventType.RUN_CREATED ? creation(run) : columns(row).fact(type));
  }

  private static FactColumns columns(Row row) throws SQLException {
    String name = row.textOrNull("name");
    Integer index = row.intOrNull("site_index");
    return new FactColumns(
        name == null
            ? null
            : new Site(name, row.text("branch"), index == null ? Site.UNKNOWN : index),
        row.intOrNull("attempt"),
        row.textOrNull("text"),
        row.textOrNull("worker"),
        row.textOrNull("token"),
        row.textOrNull("conflicting_run"),
        row.flagOrNull("webhook"),
        row.timeOrNull("at_time"),
        row.payload("payload"));
  }

  /** What a run was created from stands in its own row. */
  private Fact creation(RunId run) throws SQLException {
    Map<String, String> attributes =
        in
            .list(
                "select name, content from attributes where run_id = ?",
                row -> Map.entry(row.text("name"), row.text("content")),
                run)
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return in.first(
            "select * from runs where run_id = ?",
            row ->
                new Fact.RunCreated(
                    row.text("workflow"),
                    row.text("deployment_id"),
                    (int) row.number("spec_version"),
                    row.text("task_queue"),
                    row.payload("input"),
                    row.textOrNull("run_key"),
                    row.textOrNull("input_hash"),
                    attributes,
                    row.payload("execution_context")),
            run)
        .orElseThrow();
  }
}
