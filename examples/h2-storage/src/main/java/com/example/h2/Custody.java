package com.example.h2;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage.DueRun;
import dev.fantasticfour.world.core.port.Storage.Pulse;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.AsStored;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Workers and who looks after which run, within one transaction that holds the lock. */
record Custody(Transaction in) {

  static @Nullable Instant time(Due due) {
    return switch (due) {
      case Due.Never never -> null;
      case Due.Now now -> Instant.MIN;
      case Due.At at -> AsStored.cut(at.time());
    };
  }

  private boolean isAlive(@Nullable WorkerId worker) throws SQLException {
    return worker != null && build(worker).isPresent();
  }

  /** The build of a worker whose incarnation is not over. */
  private Optional<String> build(WorkerId worker) throws SQLException {
    return in.first(
        "select build from workers where worker_id = ? and not dead",
        row -> row.text("build"),
        worker);
  }

  Instant register(WorkerId worker, String build, Duration lease) throws SQLException {
    if (in.exists("select 1 from workers where worker_id = ? and dead", worker)) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "worker " + worker + " is over; register under a new id");
    }
    Instant now = in.now();
    in.update(
        "merge into workers key (worker_id) values (?, ?, ?, false)",
        worker,
        build,
        AsStored.cut(now.plus(lease)));
    return now;
  }

  Optional<Instant> beat(WorkerId worker, Duration lease) throws SQLException {
    Optional<String> build = build(worker);
    return build.isEmpty() ? Optional.empty() : Optional.of(register(worker, build.get(), lease));
  }

  /** A heartbeat that was held up itself says nothing about others. */
  Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) throws SQLException {
    Optional<Instant> leaseUntil =
        in.first(
            "select lease_until from workers where worker_id = ?",
            row -> row.time("lease_until"),
            worker);
    Optional<Instant> now = beat(worker, lease);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    boolean heldUp =
        leaseUntil.isEmpty() || leaseUntil.get().minus(lease.dividedBy(2)).isBefore(now.get());
    return Optional.of(new Pulse(now.get(), judge && !heldUp ? markDead(worker) : List.of()));
  }

  boolean retire(WorkerId worker) throws SQLException {
    in.update("update runs set owner = null where owner = ?", worker);
    return in.update("update workers set dead = true where worker_id = ?", worker) > 0;
  }

  List<WorkerId> markDead(WorkerId by) throws SQLException {
    if (!isAlive(by)) {
      return List.of();
    }
    List<WorkerId> late =
        in.list(
            "select worker_id from workers where not dead and worker_id <> ? and lease_until < ?",
            row -> new WorkerId(row.text("worker_id")),
            by,
            in.now());
    for (WorkerId worker : late) {
      in.update("update workers set dead = true where worker_id = ?", worker);
    }
    return late;
  }

  List<DueRun> due(WorkerId worker, Set<String> workflows, Duration ahead, int limit)
      throws SQLException {
    if (limit < 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "limit must not be negative, is " + limit);
    }
    Optional<String> build = build(worker);
    if (build.isEmpty() || workflows.isEmpty()) {
      return List.of();
    }
    Instant now = in.now();
    List<@Nullable Object> values = new ArrayList<>();
    Collections.addAll(values, AsStored.cut(now.plus(ahead)), build.get(), worker);
    values.addAll(workflows);
    Collections.addAll(values, Row.NOW, now, worker, limit);
    return in.list(
        "select * from runs where due_at <= ?"
            + " and (stalled_build is null or stalled_build <> ?)"
            + " and (owner is null or owner = ? or not exists"
            + " (select 1 from workers w where w.worker_id = owner and not w.dead))"
            + " and workflow in ("
            + String.join(", ", Collections.nCopies(workflows.size(), "?"))
            // Now is before every time, but not infinitely urgent.
            + ") order by case when due_at = ? then ? else due_at end,"
            + " case when owner = ? then 1 else 0 end limit ?",
        row -> dueRun(RunRow.read(row), now),
        values.toArray());
  }

  private static DueRun dueRun(RunRow run, Instant now) {
    Instant dueAt = run.dueAt();
    Duration in =
        dueAt == null || dueAt.equals(Instant.MIN) ? Duration.ZERO : Duration.between(now, dueAt);
    boolean hasGrown = run.lastPosition() > run.claimedPosition();
    return new DueRun(run.id(), run.workflow(), in, run.owner(), hasGrown ? 0 : run.lostAttempts());
  }

  List<RunRecord> claim(WorkerId worker, List<RunId> runs) throws SQLException {
    List<RunRecord> taken = new ArrayList<>();
    if (isAlive(worker)) {
      for (RunId id : runs) {
        RunRow run = RunRow.find(in, id).orElse(null);
        if (run != null && isFree(run, worker)) {
          taken.add(claim(worker, run));
        }
      }
    }
    return taken;
  }

  private boolean isFree(RunRow run, WorkerId worker) throws SQLException {
    boolean settled = run.status().isFinal() && run.dueAt() == null;
    return !settled && (worker.equals(run.owner()) || !isAlive(run.owner()));
  }

  /** A takeover from the dead is a lost attempt, unless the log has grown. */
  private RunRecord claim(WorkerId worker, RunRow run) throws SQLException {
    boolean fromTheDead = run.owner() != null && !worker.equals(run.owner());
    int lost =
        run.lastPosition() > run.claimedPosition() ? 0 : run.lostAttempts() + (fromTheDead ? 1 : 0);
    in.update(
        "update runs set owner = ?, epoch = epoch + 1, lost_attempts = ?,"
            + " claimed_position = last_position where run_id = ?",
        worker,
        lost,
        run.id());
    return RunRow.find(in, run.id()).orElseThrow().record(in, true);
  }

  boolean release(WorkerId worker, RunId run, long epoch, Due due) throws SQLException {
    return in.update(
            "update runs set owner = null, due_at = ?"
                + " where run_id = ? and owner = ? and epoch = ?",
            time(due),
            run,
            worker,
            epoch)
        > 0;
  }

  boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due)
      throws SQLException {
    return in.update(
            "update runs set due_at = ? where run_id = ? and owner = ? and epoch = ?",
            time(hasUnseen(run, seen) ? Due.NOW : due),
            run,
            worker,
            epoch)
        > 0;
  }

  boolean stall(
      WorkerId worker, RunId run, long epoch, long seen, String reason, Duration retryAfter)
      throws SQLException {
    Instant now = in.now();
    boolean unseen = hasUnseen(run, seen);
    return in.update(
            "update runs set owner = null, due_at = ?, stalled_at = coalesce(stalled_at, ?),"
                + " stalled_reason = ?, stalled_build = ?"
                + " where run_id = ? and owner = ? and epoch = ?",
            unseen ? Instant.MIN : AsStored.cut(now.plus(retryAfter)),
            now,
            reason,
            unseen ? null : build(worker).orElse(null),
            run,
            worker,
            epoch)
        > 0;
  }

  boolean nudge(RunId run) throws SQLException {
    return in.update(
            "update runs set due_at = ?, stalled_build = null, lost_attempts = 0"
                + " where run_id = ? and stalled_at is not null"
                + " and status in ('pending', 'running')",
            Instant.MIN,
            run)
        > 0;
  }

  private boolean hasUnseen(RunId run, long seen) throws SQLException {
    return in.exists(
        "select 1 from events where run_id = ? and position > ? and seen = ? limit 1",
        run,
        seen,
        Event.NOT_BY_OWNER);
  }
}
