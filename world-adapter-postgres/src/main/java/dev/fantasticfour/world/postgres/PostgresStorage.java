package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
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
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Storage on PostgreSQL. Every operation is one statement; the append is one call of the SQL
 * function append_v1. Lists may be read from a replica, whatever decides never is.
 */
public final class PostgresStorage implements Storage {

  private final Appends appends;
  private final Relays relays;
  private final Workers workers;
  private final Custodies custodies;
  private final Builds builds;
  private final Reads reads;
  private final ShownReads shown;
  private final Reads lists;
  private final Archives archives;
  private final String version;
  private final List<AutoCloseable> resources;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param lists where lists are read from
   * @param resources what was opened for this instance, in the order of closing
   */
  PostgresStorage(
      Appends appends,
      Relays relays,
      Workers workers,
      Custodies custodies,
      Builds builds,
      Reads reads,
      ShownReads shown,
      Reads lists,
      Archives archives,
      String version,
      List<AutoCloseable> resources) {
    this.appends = appends;
    this.relays = relays;
    this.workers = workers;
    this.custodies = custodies;
    this.builds = builds;
    this.reads = reads;
    this.shown = shown;
    this.lists = lists;
    this.archives = archives;
    this.version = version;
    this.resources = List.copyOf(resources);
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return open(appends).append(batches);
  }

  @Override
  public List<Relayed> relay(Set<RunId> targets, int limit) {
    return open(relays).relay(targets, limit);
  }

  @Override
  public Set<RunId> owed(RunId source, int limit) {
    return open(relays).owed(source, limit);
  }

  /** How the batches were appended so far. */
  public AppendCounts appendCounts() {
    return appends.counts();
  }

  @Override
  public Instant register(WorkerId worker, String buildId, Duration lease) {
    return open(workers).register(worker, buildId, lease);
  }

  @Override
  public Optional<Instant> beat(WorkerId worker, Duration lease) {
    return open(workers).beat(worker, lease);
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return open(workers).beat(worker, lease, judge);
  }

  @Override
  public void retire(WorkerId worker) {
    open(workers).retire(worker);
  }

  @Override
  public List<WorkerId> markDead(WorkerId by) {
    return open(workers).markDead(by);
  }

  @Override
  public Set<WorkerId> living(Set<WorkerId> workers) {
    return open(custodies).living(workers);
  }

  @Override
  public List<BuildUse> builds() {
    return open(builds).all();
  }

  @Override
  public boolean drain(String build) {
    return open(builds).drain(build);
  }

  @Override
  public boolean undrain(String build) {
    return open(builds).undrain(build);
  }

  @Override
  public List<RunId> open(OpenRuns which, @Nullable RunId after, int limit) {
    return open(builds).open(which, after, limit);
  }

  @Override
  public List<ChangeUse> changeUses(@Nullable String workflow) {
    return open(builds).changes(workflow);
  }

  @Override
  public Set<RunId> repin(List<RunId> runs, Pin to) {
    return open(builds).repin(runs, to);
  }

  @Override
  public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    return open(custodies).due(worker, work, ahead, limit);
  }

  @Override
  public List<RunId> standing(WorkerId worker, Work work, int limit) {
    return open(custodies).standing(worker, work, limit);
  }

  @Override
  public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    return open(custodies).unwatched(worker, work, limit);
  }

  @Override
  public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    return open(custodies).claim(worker, work, runs);
  }

  @Override
  public void release(WorkerId worker, RunId run, long epoch, Due due) {
    open(custodies).release(worker, run, epoch, due);
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    return open(custodies).reschedule(worker, run, epoch, seen, due);
  }

  @Override
  public Set<RunId> reschedule(WorkerId worker, List<Reschedule> runs) {
    return open(custodies).reschedule(worker, runs);
  }

  @Override
  public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    open(custodies).stall(worker, run, epoch, seen, stall);
  }

  @Override
  public boolean retry(RunId run) {
    return open(custodies).retry(run);
  }

  @Override
  public Optional<RunRecord> run(RunId run) {
    return open(reads).run(run);
  }

  @Override
  public Optional<RunRecord> runByKey(String workflow, String runKey) {
    return open(reads).runByKey(workflow, runKey);
  }

  @Override
  public List<RunRecord> ended(Set<RunId> runs) {
    return open(reads).ended(runs);
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    return open(lists).runs(filter, page);
  }

  @Override
  public RunCount count(RunFilter filter) {
    return open(lists).count(filter);
  }

  @Override
  public Map<String, Map<String, Long>> runCounts() {
    return open(lists).runCounts();
  }

  @Override
  public Optional<StepRecord> step(RunId run, String stepId) {
    return open(reads).step(run, stepId);
  }

  @Override
  public Page<StepRecord> steps(RunId run, PageRequest page) {
    return open(lists).steps(run, page);
  }

  @Override
  public Optional<Event> event(RunId run, String eventId) {
    return open(reads).event(run, eventId);
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    return open(lists).events(run, page);
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return open(reads).history(run, after, limit);
  }

  @Override
  public Optional<Event> newest(RunId run, EventType type) {
    return open(reads).newest(run, type);
  }

  @Override
  public Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest page) {
    return open(lists).eventsByCorrelation(run, correlationId, page);
  }

  @Override
  public Optional<HookRecord> hook(RunId run, String hookId) {
    return open(reads).hook(run, hookId);
  }

  @Override
  public Optional<HookRecord> hookByToken(String token) {
    return open(reads).hookByToken(token);
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest page) {
    return open(lists).hooks(run, page);
  }

  @Override
  public List<WaitRecord> waits(RunId run) {
    return open(reads).waits(run);
  }

  @Override
  public Optional<StateRecord> state(RunId run, String name) {
    return open(shown).state(run, name);
  }

  @Override
  public List<StateRecord> states(RunId run) {
    return open(shown).states(run);
  }

  @Override
  public List<ChangeRecord> changes(RunId run) {
    return open(shown).changes(run);
  }

  @Override
  public Optional<UpdateRecord> update(RunId run, String updateId) {
    return open(shown).update(run, updateId);
  }

  @Override
  public Page<UpdateRecord> updates(RunId run, PageRequest page) {
    return open(shown).updates(run, page);
  }

  @Override
  public List<Kept> archive(List<Section> sections) {
    return open(archives).archive(sections);
  }

  @Override
  public Archived archived(StreamId stream, long from, int limit) {
    return open(archives).archived(stream, from, limit);
  }

  @Override
  public List<Held> heldBy(Collection<WorkerId> workers) {
    return open(archives).heldBy(workers);
  }

  @Override
  public List<String> archivedStreams(RunId run) {
    return open(archives).names(run);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Set<Capability> declined() {
    return Set.of();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new WorldException(ErrorCode.UNAVAILABLE, "closing the storage failed", e);
      }
    }
  }

  private <T> T open(T part) {
    if (closed.get()) {
      throw new WorldException(ErrorCode.CLOSED, "this storage is closed");
    }
    return part;
  }
}
