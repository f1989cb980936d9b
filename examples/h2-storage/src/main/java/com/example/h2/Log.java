package com.example.h2;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.BatchRules;
import dev.fantasticfour.world.core.rules.Placement;
import dev.fantasticfour.world.core.rules.Ruling;
import dev.fantasticfour.world.core.rules.RunIdWindow;
import dev.fantasticfour.world.core.rules.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The append, within one transaction that holds the lock. */
final class Log {

  private final Transaction in;
  private final Events events;
  private final Instant now;

  Log(Transaction in) throws SQLException {
    this.in = in;
    this.events = new Events(in);
    this.now = in.now();
  }

  List<AppendResult> append(List<Batch> batches) throws SQLException {
    try {
      List<AppendResult> results = new ArrayList<>();
      for (Batch batch : batches) {
        results.add(append(batch));
      }
      return results;
    } catch (States.Failed e) {
      throw e.failure;
    }
  }

  private AppendResult append(Batch batch) throws SQLException {
    return switch (batch.target()) {
      case Target.OfRun target -> append(target.run(), batch, batch.drafts());
      case Target.OfHook target -> append(target.token(), batch);
    };
  }

  /** The batch id comes before the token, which may be free or somebody else's by now. */
  private AppendResult append(String token, Batch batch) throws SQLException {
    Optional<RunId> before =
        in.first(
            "select run_id from events where batch_id = ? limit 1",
            row -> new RunId(row.text("run_id")),
            batch.id());
    if (before.isPresent()) {
      return append(before.get(), batch, batch.drafts());
    }
    Optional<Map.Entry<String, String>> hook =
        in.first(
            "select run_id, hook_id from tokens where token = ?",
            row -> Map.entry(row.text("run_id"), row.text("hook_id")),
            token);
    if (hook.isEmpty()) {
      return new AppendResult.NotFound(AppendResult.NotFound.Kind.HOOK, token);
    }
    List<Draft> drafts =
        batch.drafts().stream()
            .map(draft -> new Draft(hook.get().getValue(), draft.occurredAt(), draft.fact()))
            .toList();
    return append(new RunId(hook.get().getKey()), batch, drafts);
  }

  private AppendResult append(RunId run, Batch batch, List<Draft> drafts) throws SQLException {
    RunRow row = RunRow.find(in, run).orElse(null);
    List<Event> before = events.of(run, "batch_id = ?", batch.id());
    if (row != null && !before.isEmpty()) {
      List<Event> unseen = unseen(run, batch, before.getFirst().position() - 1);
      return new AppendResult.Repeated(run, before, row.owner(), row.taskQueue(), unseen);
    }
    if (drafts.getFirst().fact().type() == EventType.RUN_CREATED) {
      RunIdWindow.check(run, now);
    }
    List<Event> unseen = row == null ? List.of() : unseen(run, batch, row.lastPosition());
    RunState state = row == null ? RunState.ABSENT : row.state();
    return switch (BatchRules.judge(run, state, new States(in, run), batch, drafts, unseen, now)) {
      case Ruling.Refused refused -> refused.result();
      case Ruling.Accepted accepted -> accept(run, row, batch, accepted.entries(), unseen);
    };
  }

  private List<Event> unseen(RunId run, Batch batch, long upTo) throws SQLException {
    return batch.authority() instanceof Authority.Owner owner
        ? events.byOthers(run, owner.seen(), upTo)
        : List.of();
  }

  private AppendResult accept(
      RunId run, @Nullable RunRow row, Batch batch, List<Ruling.Entry> entries, List<Event> unseen)
      throws SQLException {
    // Places are given after the verdict and under the lock (law L2).
    List<Event> placed =
        Placement.of(
            run,
            batch.id(),
            entries,
            row == null ? 0 : row.lastPosition(),
            row == null ? now : row.lastCreatedAt(),
            now);
    for (Event event : placed) {
      index(event);
      events.insert(event);
    }
    look(run, batch, !placed.isEmpty(), unseen);
    RunRow after = RunRow.find(in, run).orElseThrow();
    return new AppendResult.Appended(run, placed, after.owner(), after.taskQueue(), unseen);
  }

  /** Keeps what is looked up without reading logs. */
  private void index(Event event) throws SQLException {
    RunId run = event.run();
    if (event.fact() instanceof Fact.RunCreated created) {
      insert(run, created);
    }
    if (event.fact() instanceof Fact.HookCreated created) {
      in.update(
          "insert into tokens values (?, ?, ?, ?)",
          created.token(),
          run,
          event.correlationId(),
          in.nextNumber());
    }
    if (event.type() == EventType.HOOK_DISPOSED) {
      in.update("delete from tokens where run_id = ? and hook_id = ?", run, event.correlationId());
    }
    if (event.type().endsRun()) {
      in.update("delete from tokens where run_id = ?", run);
    }
    in.update(
        "update runs set status = ?, last_position = ?, last_created_at = ? where run_id = ?",
        status(event),
        event.position(),
        event.createdAt(),
        run);
  }

  private String status(Event event) throws SQLException {
    RunRow row = RunRow.find(in, event.run()).orElseThrow();
    return RunState.statusAfter(row.status(), event.type()).word();
  }

  private void insert(RunId run, Fact.RunCreated created) throws SQLException {
    in.update(
        "insert into runs (run_id, number, workflow, deployment_id, spec_version, task_queue,"
            + " input, run_key, input_hash, execution_context, status, last_position,"
            + " last_created_at, due_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0, 0, ?)",
        run,
        in.nextNumber(),
        created.workflow(),
        created.deploymentId(),
        created.specVersion(),
        created.taskQueue(),
        created.input(),
        created.runKey(),
        created.inputHash(),
        created.executionContext(),
        Instant.MIN);
    for (Map.Entry<String, String> attribute : created.attributes().entrySet()) {
      in.update(
          "insert into attributes values (?, ?, ?)", run, attribute.getKey(), attribute.getValue());
    }
  }

  /** Says who has to look at the run, and when, after an accepted batch. */
  private void look(RunId run, Batch batch, boolean appended, List<Event> unseen)
      throws SQLException {
    if (batch.authority() instanceof Authority.Owner owner) {
      in.update(
          "update runs set due_at = ?, stalled_at = null, stalled_reason = null,"
              + " stalled_build = null where run_id = ?",
          Custody.time(unseen.isEmpty() ? owner.due() : Due.NOW),
          run);
    } else if (appended) {
      in.update(
          "update runs set due_at = ?, stalled_build = null where run_id = ?", Instant.MIN, run);
    }
    WorkerId claim = batch.claim();
    if (claim != null) {
      in.update(
          "update runs set owner = ?, epoch = epoch + 1, claimed_position = last_position"
              + " where run_id = ?",
          claim,
          run);
    }
  }
}
