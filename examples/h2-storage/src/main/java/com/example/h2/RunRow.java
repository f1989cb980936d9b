package com.example.h2;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The row of a run: where its log ends, and who looks after it, which is no fact (law L1).
 *
 * @param dueAt {@link Instant#MIN} means now
 * @param claimedPosition where the log ended when it was claimed last
 */
record RunRow(
    RunId id,
    String workflow,
    String taskQueue,
    RunStatus status,
    long lastPosition,
    Instant lastCreatedAt,
    @Nullable WorkerId owner,
    long epoch,
    @Nullable Instant dueAt,
    int lostAttempts,
    long claimedPosition,
    @Nullable Instant stalledAt,
    @Nullable String stalledReason) {

  static Optional<RunRow> find(Transaction in, RunId run) throws SQLException {
    return in.first("select * from runs where run_id = ?", RunRow::read, run);
  }

  static RunRow read(Row row) throws SQLException {
    String owner = row.textOrNull("owner");
    return new RunRow(
        new RunId(row.text("run_id")),
        row.text("workflow"),
        row.text("task_queue"),
        RunStatus.ofWord(row.text("status")),
        row.number("last_position"),
        row.time("last_created_at"),
        owner == null ? null : new WorkerId(owner),
        row.number("epoch"),
        row.timeOrNull("due_at"),
        (int) row.number("lost_attempts"),
        row.number("claimed_position"),
        row.timeOrNull("stalled_at"),
        row.textOrNull("stalled_reason"));
  }

  RunState state() {
    return new RunState.Present(status, epoch, owner);
  }

  /** The run as everybody sees it: the fold of its log, and this beside it. */
  RunRecord record(Transaction in, boolean payloads) throws SQLException {
    RunRecord facts = new Events(in).run(id).run().orElseThrow();
    return new RunRecord(
        facts.id(),
        facts.status(),
        facts.workflow(),
        facts.deploymentId(),
        facts.specVersion(),
        facts.taskQueue(),
        payloads ? facts.input() : null,
        payloads ? facts.output() : null,
        facts.error(),
        facts.errorCode(),
        facts.reason(),
        facts.runKey(),
        facts.inputHash(),
        facts.attributes(),
        facts.executionContext(),
        facts.createdAt(),
        facts.updatedAt(),
        facts.startedAt(),
        facts.completedAt(),
        facts.lastPosition(),
        owner == null ? null : owner.value(),
        epoch,
        dueAt,
        lostAttempts,
        stalledAt,
        stalledReason);
  }
}
