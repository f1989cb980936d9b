package com.example.h2;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.NoStreamArchive;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.LockedAppend;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.PageCursors;
import dev.fantasticfour.world.core.rules.Protocol;
import dev.fantasticfour.world.core.rules.ShownFold;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.h2.engine.Constants;
import org.jspecify.annotations.Nullable;

/**
 * The truth, kept in H2. What was accepted survives the death of the process, not that of the
 * machine: H2 leaves it to the operating system when the disk is written.
 */
public final class H2Storage implements Storage, NoStreamArchive {

  private final Database database;

  private H2Storage(Database database) {
    this.database = database;
  }

  /**
   * Opens a database, and makes its tables when they are not there.
   *
   * @param url a JDBC URL, for example {@code jdbc:h2:async:/var/lib/orders}. With {@code async:},
   *     an interrupted thread does not close the file under everybody else; add {@code
   *     ;AUTO_SERVER=TRUE} to share the file with other processes
   */
  public static H2Storage open(String url) {
    return open(url, () -> Duration.ZERO);
  }

  /**
   * The same with a clock that tests move.
   *
   * @param offset how far the store's clock is ahead of the database's
   */
  static H2Storage open(String url, Supplier<Duration> offset) {
    return new H2Storage(new Database(url, offset));
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return database.write(tables -> new LockedAppend(tables).append(batches));
  }

  @Override
  public List<Relayed> relay(Set<RunId> targets, int limit) {
    return database.write(tables -> tables.relay(targets, limit));
  }

  @Override
  public Set<RunId> owed(RunId source, int limit) {
    return database.read(tables -> tables.owed(source, limit));
  }

  @Override
  public Instant register(WorkerId worker, String buildId, Duration lease) {
    return database.write(tables -> new Workers(tables).register(worker, buildId, lease));
  }

  @Override
  public Optional<Instant> beat(WorkerId worker, Duration lease) {
    return database.write(tables -> new Workers(tables).beat(worker, lease));
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return database.write(tables -> new Workers(tables).beat(worker, lease, judge));
  }

  @Override
  public void retire(WorkerId worker) {
    database.write(tables -> new Workers(tables).retire(worker));
  }

  @Override
  public List<WorkerId> markDead(WorkerId by) {
    return database.write(tables -> new Workers(tables).markDead(by));
  }

  @Override
  public Set<WorkerId> living(Set<WorkerId> workers) {
    return database.read(tables -> new Workers(tables).living(workers));
  }

  @Override
  public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    return database.read(tables -> new Workers(tables).due(worker, work, ahead, limit));
  }

  @Override
  public List<RunId> standing(WorkerId worker, Work work, int limit) {
    return database.read(tables -> new Workers(tables).standing(worker, work, limit));
  }

  @Override
  public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    return database.read(tables -> new Workers(tables).unwatched(worker, work, limit));
  }

  @Override
  public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    return database.write(tables -> new Workers(tables).claim(worker, work, runs));
  }

  @Override
  public void release(WorkerId worker, RunId run, long epoch, Due due) {
    database.write(
        tables ->
            new Workers(tables)
                .say(
                    worker,
                    run,
                    epoch,
                    held -> held.unowned().due(tables.owes(run) ? Due.NOW : due)));
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    return database.write(
        tables -> {
          Workers workers = new Workers(tables);
          Due next = workers.hasUnseen(run, seen) || tables.owes(run) ? Due.NOW : due;
          return workers.say(worker, run, epoch, held -> held.due(next));
        });
  }

  @Override
  public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    database.write(
        tables -> {
          Workers workers = new Workers(tables);
          String build = workers.build(worker).orElse(null);
          boolean isDue = workers.hasUnseen(run, seen) || tables.owes(run);
          Instant now = tables.now();
          return workers.say(worker, run, epoch, held -> held.stalled(now, stall, build, isDue));
        });
  }

  @Override
  public boolean retry(RunId run) {
    return database.write(tables -> new Workers(tables).retry(run));
  }

  @Override
  public List<BuildUse> builds() {
    return database.read(tables -> new Builds(tables).all());
  }

  @Override
  public boolean drain(String build) {
    return database.write(tables -> new Builds(tables).drain(build));
  }

  @Override
  public boolean undrain(String build) {
    return database.write(tables -> new Builds(tables).undrain(build));
  }

  @Override
  public List<RunId> open(OpenRuns which, @Nullable RunId after, int limit) {
    return database.read(tables -> new Builds(tables).open(which, after, limit));
  }

  @Override
  public List<ChangeUse> changeUses(@Nullable String workflow) {
    return database.read(tables -> new Builds(tables).changes(workflow));
  }

  @Override
  public Set<RunId> repin(List<RunId> runs, Pin to) {
    return database.write(tables -> new Builds(tables).repin(runs, to));
  }

  @Override
  public List<Holding> heartbeat(List<Heartbeat> heartbeats) {
    return database.write(
        tables -> heartbeats.stream().map(new Heartbeats(tables)::heartbeat).toList());
  }

  @Override
  public Optional<Progress> progress(RunId run, String stepId) {
    return database.read(tables -> new Heartbeats(tables).progress(run, stepId));
  }

  @Override
  public Optional<RunRecord> run(RunId run) {
    return database.read(tables -> tables.run(run, true));
  }

  @Override
  public Optional<RunRecord> runByKey(String workflow, String runKey) {
    return database.read(
        tables ->
            tables.key(workflow, runKey) instanceof NameState.Held held
                ? tables.run(held.run(), true)
                : Optional.empty());
  }

  @Override
  public List<RunRecord> ended(Set<RunId> runs) {
    return database.read(
        tables ->
            runs.stream()
                .flatMap(run -> tables.run(run, true).stream())
                .filter(run -> run.status().isFinal())
                .toList());
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    return database.read(tables -> new Lists(tables).runs(filter, page));
  }

  @Override
  public RunCount count(RunFilter filter) {
    return database.read(tables -> new Lists(tables).count(filter));
  }

  @Override
  public Map<String, Map<String, Long>> runCounts() {
    return database.read(tables -> new Lists(tables).runCounts());
  }

  @Override
  public Optional<StepRecord> step(RunId run, String stepId) {
    return database.read(tables -> Optional.ofNullable(tables.log(run).fold().steps().get(stepId)));
  }

  @Override
  public Page<StepRecord> steps(RunId run, PageRequest page) {
    return database.read(tables -> new Lists(tables).steps(run, page));
  }

  @Override
  public Optional<Event> event(RunId run, String eventId) {
    return database.read(
        tables ->
            tables.log(run).events().stream().filter(e -> e.id().equals(eventId)).findFirst());
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    return database.read(tables -> new Lists(tables).events(run, page));
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    if (limit < 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "history limit must be at least 1, is " + limit);
    }
    return database.read(tables -> tables.log(run, after, Math.min(limit, Protocol.MAX_HISTORY)));
  }

  @Override
  public Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest page) {
    return database.read(tables -> new Lists(tables).about(run, correlationId, page));
  }

  @Override
  public Optional<HookRecord> hook(RunId run, String hookId) {
    return database.read(tables -> Optional.ofNullable(tables.log(run).fold().hooks().get(hookId)));
  }

  @Override
  public Optional<HookRecord> hookByToken(String token) {
    return database.read(
        tables ->
            tables.token(token) instanceof NameState.Held held
                ? Optional.of(tables.log(held.run()).fold().hookOf(token))
                : Optional.empty());
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest page) {
    return database.read(tables -> new Lists(tables).hooks(run, page));
  }

  @Override
  public List<WaitRecord> waits(RunId run) {
    return database.read(tables -> List.copyOf(tables.log(run).fold().waits().values()));
  }

  @Override
  public Optional<StateRecord> state(RunId run, String name) {
    return database.read(tables -> Optional.ofNullable(shown(tables, run).states().get(name)));
  }

  @Override
  public List<StateRecord> states(RunId run) {
    return database.read(
        tables ->
            shown(tables, run).states().values().stream()
                .sorted(Comparator.comparing(StateRecord::name))
                .toList());
  }

  @Override
  public List<ChangeRecord> changes(RunId run) {
    return database.read(tables -> List.copyOf(shown(tables, run).changes().values()));
  }

  @Override
  public Optional<UpdateRecord> update(RunId run, String updateId) {
    return database.read(tables -> Optional.ofNullable(shown(tables, run).updates().get(updateId)));
  }

  @Override
  public Page<UpdateRecord> updates(RunId run, PageRequest page) {
    return database.read(
        tables ->
            PageCursors.pageOfAll(
                "updates\n" + run,
                page,
                List.copyOf(shown(tables, run).updates().values()),
                update -> ChronoUnit.MICROS.between(Instant.EPOCH, update.createdAt())));
  }

  private static ShownFold shown(Tables tables, RunId run) {
    return tables.log(run).fold().shown();
  }

  @Override
  public String version() {
    return "H2 " + Constants.VERSION;
  }

  @Override
  public Set<Capability> declined() {
    // Streams live in the streamer alone: this example stays small.
    Set<Capability> declined = EnumSet.of(Capability.STREAM_ARCHIVE);
    if (database.isInMemory()) {
      declined.add(Capability.DURABLE);
    }
    if (!database.isShared()) {
      declined.add(Capability.MULTI_PROCESS);
    }
    return declined;
  }

  @Override
  public void close() {
    database.close();
  }
}
