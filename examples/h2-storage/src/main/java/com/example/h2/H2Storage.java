package com.example.h2;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Shape;
import java.time.Duration;
import java.time.Instant;
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
public final class H2Storage implements Storage {

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
    batches.forEach(Shape::check);
    return database.write(in -> new Log(in).append(batches));
  }

  @Override
  public Instant register(WorkerId worker, String buildId, Duration lease) {
    return database.write(in -> new Custody(in).register(worker, buildId, lease));
  }

  @Override
  public Optional<Instant> beat(WorkerId worker, Duration lease) {
    return database.write(in -> new Custody(in).beat(worker, lease));
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return database.write(in -> new Custody(in).beat(worker, lease, judge));
  }

  @Override
  public void retire(WorkerId worker) {
    database.write(in -> new Custody(in).retire(worker));
  }

  @Override
  public List<WorkerId> markDead(WorkerId by) {
    return database.write(in -> new Custody(in).markDead(by));
  }

  @Override
  public List<DueRun> due(WorkerId worker, Set<String> workflows, Duration ahead, int limit) {
    return database.read(in -> new Custody(in).due(worker, workflows, ahead, limit));
  }

  @Override
  public List<RunRecord> claim(WorkerId worker, List<RunId> runs) {
    return database.write(in -> new Custody(in).claim(worker, runs));
  }

  @Override
  public void release(WorkerId worker, RunId run, long epoch, Due due) {
    database.write(in -> new Custody(in).release(worker, run, epoch, due));
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    return database.write(in -> new Custody(in).reschedule(worker, run, epoch, seen, due));
  }

  @Override
  public void stall(
      WorkerId worker, RunId run, long epoch, long seen, String reason, Duration retryAfter) {
    database.write(in -> new Custody(in).stall(worker, run, epoch, seen, reason, retryAfter));
  }

  @Override
  public boolean nudge(RunId run) {
    return database.write(in -> new Custody(in).nudge(run));
  }

  @Override
  public Optional<RunRecord> run(RunId run) {
    return database.read(in -> new Reads(in).run(run));
  }

  @Override
  public Optional<RunRecord> runByKey(String workflow, String runKey) {
    return database.read(in -> new Reads(in).runByKey(workflow, runKey));
  }

  @Override
  public List<RunRecord> ended(Set<RunId> runs) {
    return database.read(in -> new Reads(in).ended(runs));
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    return database.read(in -> new Reads(in).runs(filter, page));
  }

  @Override
  public Map<String, Map<String, Long>> runCounts() {
    return database.read(in -> new Reads(in).runCounts());
  }

  @Override
  public Optional<StepRecord> step(RunId run, String stepId) {
    return database.read(in -> new Reads(in).step(run, stepId));
  }

  @Override
  public Page<StepRecord> steps(RunId run, PageRequest page) {
    return database.read(in -> new Reads(in).steps(run, page));
  }

  @Override
  public Optional<Event> event(RunId run, String eventId) {
    return database.read(in -> new Reads(in).event(run, eventId));
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    return database.read(in -> new Reads(in).events(run, page));
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return database.read(in -> new Reads(in).history(run, after, limit));
  }

  @Override
  public Page<Event> eventsByCorrelation(
      String correlationId, @Nullable RunId run, PageRequest page) {
    return database.read(in -> new Reads(in).eventsByCorrelation(correlationId, run, page));
  }

  @Override
  public Optional<HookRecord> hook(RunId run, String hookId) {
    return database.read(in -> new Reads(in).hook(run, hookId));
  }

  @Override
  public Optional<HookRecord> hookByToken(String token) {
    return database.read(in -> new Reads(in).hookByToken(token));
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest page) {
    return database.read(in -> new Reads(in).hooks(run, page));
  }

  @Override
  public List<WaitRecord> waits(RunId run) {
    return database.read(in -> new Reads(in).waits(run));
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
