package com.example.h2;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.NoAudit;
import dev.fantasticfour.world.core.port.NoCensus;
import dev.fantasticfour.world.core.port.NoRetention;
import dev.fantasticfour.world.core.port.NoRunCopies;
import dev.fantasticfour.world.core.port.NoStreamArchive;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingViews;
import dev.fantasticfour.world.core.rules.LockedAppend;
import dev.fantasticfour.world.core.rules.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.h2.engine.Constants;
import org.jspecify.annotations.Nullable;

/**
 * The truth, kept in H2. What was accepted survives the death of the process, not that of the
 * machine: H2 leaves it to the operating system when the disk is written.
 */
public final class H2Storage extends ForwardingViews
    implements Storage, NoStreamArchive, NoRunCopies, NoRetention, NoCensus, NoAudit {

  private final Database database;
  private final Views views;

  private H2Storage(Database database) {
    this.database = database;
    this.views = new Views(database);
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
    return database.write(tables -> new Owed(tables).relay(targets, limit));
  }

  @Override
  public Set<RunId> owed(RunId source, int limit) {
    return database.read(tables -> new Owed(tables).by(source, limit));
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
                    held -> held.unowned().due(new Owed(tables).isBy(run) ? Due.NOW : due)));
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    return database.write(
        tables -> {
          Workers workers = new Workers(tables);
          Due next = workers.hasUnseen(run, seen) || new Owed(tables).isBy(run) ? Due.NOW : due;
          return workers.say(worker, run, epoch, held -> held.due(next));
        });
  }

  @Override
  public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    database.write(
        tables -> {
          Workers workers = new Workers(tables);
          String build = workers.build(worker).orElse(null);
          boolean isDue = workers.hasUnseen(run, seen) || new Owed(tables).isBy(run);
          Instant now = tables.now();
          return workers.say(worker, run, epoch, held -> held.stalled(now, stall, build, isDue));
        });
  }

  @Override
  public Optional<Tended> hold(RunId run, @Nullable String reason, @Nullable String by) {
    return database.write(tables -> new Workers(tables).hold(run, reason, by));
  }

  @Override
  public Optional<Tended> letGo(RunId run) {
    return database.write(tables -> new Workers(tables).letGo(run));
  }

  @Override
  public boolean nudge(RunId run) {
    return database.write(tables -> new Workers(tables).nudge(run));
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
  protected RunViews views() {
    return views;
  }

  @Override
  public String version() {
    return "H2 " + Constants.VERSION;
  }

  @Override
  public Set<Capability> declined() {
    // Streams live in the streamer alone, and runs are kept: this example stays small.
    Set<Capability> declined =
        EnumSet.of(
            Capability.STREAM_ARCHIVE,
            Capability.RUN_COPIES,
            Capability.RETENTION,
            Capability.CENSUS,
            Capability.AUDIT);
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
