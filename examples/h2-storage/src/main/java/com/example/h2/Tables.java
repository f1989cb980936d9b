package com.example.h2;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.AsStored;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.EventIds;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactDetails;
import dev.fantasticfour.world.core.rules.FactReading;
import dev.fantasticfour.world.core.rules.LineageText;
import dev.fantasticfour.world.core.rules.LockedStore;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.PinText;
import dev.fantasticfour.world.core.rules.RunFold;
import dev.fantasticfour.world.core.rules.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** The tables within one transaction: the log, the row of a run, and the names of the store. */
record Tables(Handle handle, Duration offset) implements LockedStore {

  /** The store's clock: the database's, moved by tests only. */
  @Override
  public Instant now() {
    OffsetDateTime now =
        handle.select("values (current_timestamp)").mapTo(OffsetDateTime.class).one();
    return AsStored.cut(now.toInstant().plus(offset));
  }

  // The log
  // ------------------------------------------------------------------------------------------------

  void insert(Event event) {
    FactColumns fact = FactColumns.of(event.fact());
    Site site = fact.site();
    handle.execute(
        "insert into events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.run(),
        event.position(),
        event.type().word(),
        event.correlationId(),
        event.createdAt(),
        event.occurredAt(),
        event.batchId(),
        event.seen(),
        site == null ? fact.name() : site.name(),
        site == null ? null : site.branch(),
        site == null ? null : site.index(),
        fact.attempt(),
        fact.text(),
        fact.worker(),
        fact.token(),
        fact.otherRun(),
        fact.flag(),
        fact.time(),
        fact.payload(),
        fact.details() == null ? null : fact.details().json());
  }

  @Override
  public Log log(RunId run) {
    List<Event> events = log(run, 0, Integer.MAX_VALUE);
    RunFold fold = new RunFold(run);
    events.forEach(fold::apply);
    return new Log(this, run, events, fold, custody(run).orElse(Custody.NEW));
  }

  @Override
  public Optional<RunId> runOfBatch(String batchId) {
    return handle
        .select("select run_id from events where batch_id = ? limit 1", batchId)
        .mapTo(String.class)
        .map(RunId::new)
        .findOne();
  }

  List<Event> log(RunId run, long after, int limit) {
    return handle
        .select(
            "select * from log where run_id = ? and position > ? order by position limit ?",
            run,
            after,
            limit)
        .map(Tables::event)
        .list();
  }

  static Event event(RowView row) {
    RunId run = new RunId(row.getColumn("run_id", String.class));
    long position = row.getColumn("position", Long.class);
    Instant createdAt = row.getColumn("created_at", Instant.class);
    EventType type = EventType.ofWord(row.getColumn("type", String.class));
    return new Event(
        run,
        position,
        EventIds.of(run, position, createdAt),
        createdAt,
        row.getColumn("occurred_at", Instant.class),
        row.getColumn("correlation_id", String.class),
        row.getColumn("batch_id", String.class),
        row.getColumn("seen", Long.class),
        type == EventType.RUN_CREATED ? creation(row) : FactReading.fact(type, columns(row)));
  }

  private static FactColumns columns(RowView row) {
    String name = row.getColumn("name", String.class);
    String branch = row.getColumn("branch", String.class);
    String details = row.getColumn("details", String.class);
    return new FactColumns(
        name == null || branch == null
            ? null
            : new Site(name, branch, row.getColumn("site_index", Integer.class)),
        name,
        row.getColumn("attempt", Integer.class),
        row.getColumn("text", String.class),
        row.getColumn("worker", String.class),
        row.getColumn("token", String.class),
        row.getColumn("other_run", String.class),
        row.getColumn("flag", Boolean.class),
        row.getColumn("at_time", Instant.class),
        row.getColumn("payload", Payload.class),
        details == null ? null : FactDetails.ofJson(details));
  }

  private static Fact creation(RowView row) {
    LineageText from = LineageText.read(row.getColumn("lineage", String.class));
    return new Fact.RunCreated(
        row.getColumn("workflow", String.class),
        row.getColumn("deployment_id", String.class),
        row.getColumn("spec_version", Integer.class),
        row.getColumn("task_queue", String.class),
        row.getColumn("input", Payload.class),
        row.getColumn("run_key", String.class),
        row.getColumn("input_hash", String.class),
        AttributeJson.read(row.getColumn("attributes", String.class)),
        row.getColumn("execution_context", Payload.class),
        PinText.read(row.getColumn("pin", String.class)),
        from.parent(),
        from.predecessor(),
        from.deadline(),
        from.origin());
  }

  // Runs
  // ---------------------------------------------------------------------------------------------------

  void insert(RunId run, Fact.RunCreated created) {
    handle.execute(
        "insert into runs values (?, default, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0, null, 0,"
            + " null, 0, 0, null, null, null, null, null, null, null, null, null, ?, ?, ?)",
        run,
        created.workflow(),
        created.deploymentId(),
        created.specVersion(),
        created.taskQueue(),
        created.input(),
        created.runKey(),
        created.inputHash(),
        AttributeJson.write(created.attributes()),
        created.executionContext(),
        PinText.write(created.pin()),
        created.specVersion(),
        created.runKey(),
        LineageText.write(created));
  }

  Optional<Custody> custody(RunId run) {
    return handle.select("select * from runs where run_id = ?", run).map(Tables::custody).findOne();
  }

  RunStatus status(RunId run) {
    return RunStatus.ofWord(
        handle.select("select status from runs where run_id = ?", run).mapTo(String.class).one());
  }

  static Custody custody(RowView row) {
    String owner = row.getColumn("owner", String.class);
    return new Custody(
        owner == null ? null : new WorkerId(owner),
        row.getColumn("epoch", Long.class),
        row.getColumn("due_at", Instant.class),
        row.getColumn("lost_attempts", Integer.class),
        row.getColumn("claimed_position", Long.class),
        standing(row),
        PinText.read(row.getColumn("pinned_build", String.class)),
        hold(row));
  }

  private static @Nullable Hold hold(RowView row) {
    Instant since = row.getColumn("held_at", Instant.class);
    return since == null
        ? null
        : new Hold(
            since,
            row.getColumn("held_reason", String.class),
            row.getColumn("held_by", String.class));
  }

  private static @Nullable Standing standing(RowView row) {
    Instant since = row.getColumn("stalled_at", Instant.class);
    return since == null
        ? null
        : new Standing(
            since,
            row.getColumn("last_stall_at", Instant.class),
            StallCause.ofWord(row.getColumn("last_stall_cause", String.class)),
            row.getColumn("stalled_reason", String.class),
            row.getColumn("stalled_build", String.class));
  }

  void keep(RunId run, Custody custody) {
    Standing standing = custody.standing();
    Hold hold = custody.hold();
    handle.execute(
        "update runs set owner = ?, epoch = ?, due_at = ?, lost_attempts = ?, claimed_position = ?,"
            + " stalled_at = ?, last_stall_at = ?, last_stall_cause = ?, stalled_reason = ?,"
            + " stalled_build = ?, held_at = ?, held_reason = ?, held_by = ?, pinned_build = ?"
            + " where run_id = ?",
        custody.owner(),
        custody.epoch(),
        custody.dueAt(),
        custody.lostAttempts(),
        custody.claimedPosition(),
        standing == null ? null : standing.since(),
        standing == null ? null : standing.last(),
        standing == null ? null : standing.cause().word(),
        standing == null ? null : standing.reason(),
        standing == null ? null : standing.build(),
        hold == null ? null : hold.since(),
        hold == null ? null : hold.reason(),
        hold == null ? null : hold.by(),
        PinText.write(custody.pin()),
        run);
  }

  /** The run as everybody sees it: the fold of its log, and who looks after it beside it. */
  Optional<RunRecord> run(RunId run, boolean payloads) {
    Log log = log(run);
    return log.fold().run().map(facts -> log.custody().beside(facts, payloads));
  }

  // Names
  // --------------------------------------------------------------------------------------------------

  @Override
  public NameState token(String token) {
    return handle
        .select("select run_id, carried from tokens where token = ?", token)
        .<NameState>map(
            (rows, context) ->
                new NameState.Held(new RunId(rows.getString(1)), null, rows.getBoolean(2)))
        .findOne()
        .orElse(NameState.FREE);
  }

  @Override
  public NameState key(String workflow, String runKey) {
    return handle
        .select(
            "select run_id, input_hash from runs where workflow = ? and held_key = ?",
            workflow,
            runKey)
        .<NameState>map(
            (rows, context) -> new NameState.Held(new RunId(rows.getString(1)), rows.getString(2)))
        .findOne()
        .orElse(NameState.FREE);
  }

  @Override
  public void freeKey(RunId ended, String workflow, String runKey) {
    handle.execute("update runs set held_key = null where run_id = ?", ended);
  }
}
