package com.example.h2;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.RunCustody.HeldRun;
import dev.fantasticfour.world.core.port.RunCustody.Pulse;
import dev.fantasticfour.world.core.port.RunCustody.Tended;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.AsStored;
import dev.fantasticfour.world.core.rules.Custody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** Workers, and who looks after which run, within one transaction. */
record Workers(Tables tables) {

  private Handle handle() {
    return tables.handle();
  }

  /** The build of a worker whose incarnation is not over. */
  Optional<String> build(WorkerId worker) {
    return handle()
        .select("select build from workers where worker_id = ? and not dead", worker)
        .mapTo(String.class)
        .findOne();
  }

  /** There is no list of no names in SQL. */
  private static List<String> names(Work work) {
    return work.ofAll() ? List.of("") : List.copyOf(work.workflows());
  }

  private boolean isAlive(@Nullable WorkerId worker) {
    return worker != null && build(worker).isPresent();
  }

  private Optional<Instant> registeredAt(WorkerId worker) {
    return handle()
        .select("select registered_at from workers where worker_id = ? and not dead", worker)
        .mapTo(Instant.class)
        .findOne();
  }

  private Optional<Instant> leaseUntil(WorkerId worker, boolean dead) {
    return handle()
        .select("select lease_until from workers where worker_id = ? and dead = ?", worker, dead)
        .mapTo(Instant.class)
        .findOne();
  }

  Instant register(WorkerId worker, String build, Duration lease) {
    Instant longAgo = AsStored.cut(tables.now().minus(RunCustody.REMEMBERED_FOR));
    handle().execute("delete from workers where dead and lease_until < ?", longAgo);
    if (leaseUntil(worker, true).isPresent()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "worker " + worker + " is over; register under a new id");
    }
    Instant now = tables.now();
    Instant until = AsStored.cut(now.plus(lease));
    handle().execute("merge into workers values (?, ?, ?, ?, false)", worker, build, now, until);
    return now;
  }

  Optional<Instant> beat(WorkerId worker, Duration lease) {
    if (!isAlive(worker)) {
      return Optional.empty();
    }
    Instant now = tables.now();
    handle()
        .execute(
            "update workers set lease_until = ? where worker_id = ?",
            AsStored.cut(now.plus(lease)),
            worker);
    return Optional.of(now);
  }

  /** A heartbeat that was held up itself says nothing about others. */
  Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    Instant half = leaseUntil(worker, false).orElse(Instant.MAX).minus(lease.dividedBy(2));
    return beat(worker, lease)
        .map(
            now ->
                new Pulse(
                    now,
                    judge && !half.isBefore(now) ? markDead(worker) : List.of(),
                    build(worker).filter(new Builds(tables)::isDrained).isPresent(),
                    held(worker),
                    false,
                    false));
  }

  private List<HeldRun> held(WorkerId worker) {
    return handle()
        .select(
            "select run_id, epoch from runs where held_at is not null and owner = ?"
                + " and status in ('pending', 'running') limit 1000",
            worker)
        .map(
            (RowView row) ->
                new HeldRun(
                    new RunId(row.getColumn("run_id", String.class)),
                    row.getColumn("epoch", Long.class)))
        .list();
  }

  /** Changes the custody of a run that has not ended. */
  Optional<Tended> tend(RunId run, UnaryOperator<Custody> change) {
    Log log = tables.log(run);
    if (log.fold().run().isEmpty() || log.fold().status().isFinal()) {
      return Optional.empty();
    }
    Custody next = change.apply(log.custody());
    tables.keep(run, next);
    return Optional.of(new Tended(next.owner(), log.fold().creation().orElseThrow().taskQueue()));
  }

  Optional<Tended> hold(RunId run, @Nullable String reason, @Nullable String by) {
    return tend(run, custody -> custody.held(new Hold(tables.now(), reason, by)));
  }

  Optional<Tended> letGo(RunId run) {
    return tables.log(run).custody().hold() == null ? Optional.empty() : tend(run, Custody::letGo);
  }

  boolean retire(WorkerId worker) {
    handle().execute("update runs set owner = null where owner = ?", worker);
    return bury(worker);
  }

  private boolean bury(WorkerId worker) {
    return handle().execute("update workers set dead = true where worker_id = ?", worker) > 0;
  }

  List<WorkerId> markDead(WorkerId by) {
    if (!isAlive(by)) {
      return List.of();
    }
    List<WorkerId> late =
        handle()
            .select(
                "select worker_id from workers"
                    + " where not dead and worker_id <> ? and lease_until < ?",
                by,
                tables.now())
            .mapTo(String.class)
            .map(WorkerId::new)
            .list();
    late.forEach(this::bury);
    return late;
  }

  Set<WorkerId> living(Set<WorkerId> workers) {
    Instant now = tables.now();
    return workers.stream()
        .filter(
            worker -> leaseUntil(worker, false).filter(until -> !until.isBefore(now)).isPresent())
        .collect(Collectors.toSet());
  }

  List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    if (limit < 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "limit must not be negative, is " + limit);
    }
    Optional<String> build = build(worker);
    if (build.isEmpty() || work.isNothing()) {
      return List.of();
    }
    Instant now = tables.now();
    return handle()
        .createQuery(
            """
            select * from runs
            where due_at <= :until and task_queue = :queue and protocol <= :protocol
              and (:all or workflow in (<workflows>))
              and (stalled_build is null or stalled_build <> :build)
              and %s
              and (owner is null or owner = :worker or not exists
                (select 1 from workers w where w.worker_id = owner and not w.dead))
            -- Now is before every time, but not infinitely urgent.
            order by case when due_at = :always then :now else due_at end,
              case when owner = :worker then 1 else 0 end
            limit :limit
            """
                .formatted(Builds.OF_WORKER))
        .bind("until", AsStored.cut(now.plus(ahead)))
        .bind("queue", work.taskQueue())
        .bind("protocol", work.protocol())
        .bind("all", work.ofAll())
        .bindList("workflows", names(work))
        .bind("build", build.get())
        .bind("drained", new Builds(tables).isDrained(build.get()))
        .bind("worker", worker)
        .bind("always", Custody.NOW)
        .bind("now", now)
        .bind("limit", limit)
        .map(row -> dueRun(row, now))
        .list();
  }

  List<RunId> standing(WorkerId worker, Work work, int limit) {
    Optional<Instant> registered = registeredAt(worker);
    Optional<String> build = build(worker);
    if (registered.isEmpty() || build.isEmpty() || work.isNothing()) {
      return List.of();
    }
    return handle()
        .createQuery(
            """
            select * from runs
            where stalled_at is not null and task_queue = :queue and protocol <= :protocol
              and (:all or workflow in (<workflows>))
              and status in ('pending', 'running')
              and %s
              and (owner is null or not exists
                (select 1 from workers w where w.worker_id = owner and not w.dead))
            """
                .formatted(Builds.OF_WORKER))
        .bind("build", build.get())
        .bind("drained", new Builds(tables).isDrained(build.get()))
        .bind("worker", worker)
        .bind("queue", work.taskQueue())
        .bind("protocol", work.protocol())
        .bind("all", work.ofAll())
        .bindList("workflows", names(work))
        .map(
            row ->
                Tables.custody(row).isToBeTriedBy(registered.get())
                    ? Optional.of(new RunId(row.getColumn("run_id", String.class)))
                    : Optional.<RunId>empty())
        .stream()
        .flatMap(Optional::stream)
        .limit(limit)
        .toList();
  }

  private static DueRun dueRun(RowView row, Instant now) {
    Custody custody = Tables.custody(row);
    return new DueRun(
        new RunId(row.getColumn("run_id", String.class)),
        row.getColumn("workflow", String.class),
        custody.dueIn(now),
        custody.owner(),
        custody.lostAttempts(row.getColumn("last_position", Long.class)));
  }

  List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    if (limit < 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "limit must not be negative, is " + limit);
    }
    Optional<String> build = build(worker);
    if (build.isEmpty() || work.isNothing()) {
      return List.of();
    }
    Instant now = tables.now();
    return handle()
        .createQuery(
            """
            select * from runs
            where status = 'running' and task_queue = :queue and protocol <= :protocol
              and (:all or workflow in (<workflows>))
              and stalled_at is null
              and (due_at is null or due_at <> :always)
              and %s
              and (owner is null or not exists
                (select 1 from workers w where w.worker_id = owner and not w.dead))
            """
                .formatted(Builds.OF_WORKER))
        .bind("build", build.get())
        .bind("drained", new Builds(tables).isDrained(build.get()))
        .bind("worker", worker)
        .bind("queue", work.taskQueue())
        .bind("protocol", work.protocol())
        .bind("all", work.ofAll())
        .bindList("workflows", names(work))
        .bind("always", Custody.NOW)
        .map(row -> dueRun(row, now))
        .list()
        .stream()
        .filter(run -> waitsForAStep(run.run(), now))
        .map(
            run ->
                new DueRun(
                    run.run(), run.workflow(), Duration.ZERO, run.owner(), run.lostAttempts()))
        .limit(limit)
        .toList();
  }

  private boolean waitsForAStep(RunId run, Instant now) {
    return tables.log(run).fold().steps().values().stream()
        .anyMatch(
            step ->
                !step.status().isFinal()
                    && (step.retryAfter() == null || !step.retryAfter().isAfter(now)));
  }

  List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    List<Claimed> taken = new ArrayList<>();
    String build = build(worker).orElse(null);
    if (build != null) {
      boolean drained = new Builds(tables).isDrained(build);
      for (RunId id : runs) {
        Log log = tables.log(id);
        if (isFree(log, worker)
            && isAmong(log, work)
            && log.custody().isFor(worker, build, drained, log.fold().status())
            && mayPin(log, work)) {
          long last = log.events().size();
          tables.keep(id, log.custody().claimed(worker, build, last));
          List<Event> events = last <= RunCustody.SHORT_LOG ? log.events() : null;
          taken.add(new Claimed(tables.run(id, true).orElseThrow(), events));
        }
      }
    }
    return taken;
  }

  /** Whoever has no code for a run must not tie it to its build. */
  private static boolean mayPin(Log log, Work work) {
    return !(log.custody().pin() instanceof Pin.First)
        || log.fold().status().isFinal()
        || work.has(log.fold().creation().orElseThrow().workflow());
  }

  private static boolean isAmong(Log log, Work work) {
    Fact.RunCreated from = log.fold().creation().orElseThrow();
    return work.includes(from.taskQueue(), from.workflow(), log.fold().protocol());
  }

  private boolean isFree(Log log, WorkerId worker) {
    Custody custody = log.custody();
    boolean settled = log.fold().status().isFinal() && custody.dueAt() == null;
    return !log.events().isEmpty()
        && !settled
        && (worker.equals(custody.owner()) || !isAlive(custody.owner()));
  }

  /** What an owner says of its run; nothing happens if its epoch is over. */
  boolean say(WorkerId worker, RunId run, long epoch, UnaryOperator<Custody> change) {
    Optional<Custody> held = tables.custody(run).filter(c -> c.isHeldBy(worker, epoch));
    held.ifPresent(custody -> tables.keep(run, change.apply(custody).settled(tables.status(run))));
    return held.isPresent();
  }

  boolean hasUnseen(RunId run, long seen) {
    return !tables.log(run).byOthers(seen, Long.MAX_VALUE).isEmpty();
  }

  boolean nudge(RunId run) {
    Log log = tables.log(run);
    boolean stands = log.custody().standing() != null && !log.fold().status().isFinal();
    if (stands) {
      tables.keep(run, log.custody().retried());
    }
    return stands;
  }
}
