package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Retention;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingAudit;
import dev.fantasticfour.world.core.port.forwarding.ForwardingRetention;
import dev.fantasticfour.world.core.port.forwarding.ForwardingViews;
import dev.fantasticfour.world.core.rules.LockedAppend;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The truth, kept in memory. Several instances over one {@link MemoryStore} are to each other what
 * processes over one database are.
 */
public final class MemoryStorage extends ForwardingViews
    implements Storage, ForwardingRetention, ForwardingAudit {

  private final MemoryStore store;
  private final MemoryLog log;
  private final MemoryCustody custody;
  private final MemoryHolds holds;
  private final MemoryVersions versions;
  private final MemorySteps steps;
  private final MemoryReads reads;
  private final MemoryViews views;
  private final MemoryArchive archive;
  private final MemoryRelays relays;
  private final MemoryRetention retention;
  private final Instance instance = new Instance("storage");

  /** Opens an empty store of its own that goes by that clock. */
  public MemoryStorage(InstantSource clock) {
    this(new MemoryStore(clock));
  }

  /** Opens a store that others may have open too. */
  public MemoryStorage(MemoryStore store) {
    this.store = store;
    this.log = new MemoryLog(store);
    this.custody = new MemoryCustody(store);
    this.holds = new MemoryHolds(store);
    this.versions = new MemoryVersions(store);
    this.steps = new MemorySteps(store);
    this.reads = new MemoryReads(store);
    this.views = new MemoryViews(store, reads);
    this.archive = new MemoryArchive(store);
    this.relays = new MemoryRelays(store);
    this.retention = new MemoryRetention(store);
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return atomically(() -> new LockedAppend(log).append(batches));
  }

  @Override
  public List<Relayed> relay(Set<RunId> targets, int limit) {
    return atomically(() -> relays.relay(targets, limit));
  }

  @Override
  public Set<RunId> owed(RunId source, int limit) {
    return atomically(() -> relays.owed(source, limit));
  }

  @Override
  public Instant register(WorkerId worker, String buildId, Duration lease) {
    return atomically(() -> custody.register(worker, buildId, lease));
  }

  @Override
  public Optional<Instant> beat(WorkerId worker, Duration lease) {
    return atomically(() -> custody.beat(worker, lease));
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return atomically(() -> custody.beat(worker, lease, judge));
  }

  @Override
  public void retire(WorkerId worker) {
    atomically(() -> done(() -> custody.retire(worker)));
  }

  @Override
  public List<WorkerId> markDead(WorkerId by) {
    return atomically(() -> custody.markDead(by));
  }

  @Override
  public Set<WorkerId> living(Set<WorkerId> workers) {
    return atomically(() -> custody.living(workers));
  }

  @Override
  public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    return atomically(() -> custody.due(worker, work, ahead, limit));
  }

  @Override
  public List<RunId> standing(WorkerId worker, Work work, int limit) {
    return atomically(() -> custody.standing(worker, work, limit));
  }

  @Override
  public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    return atomically(() -> custody.unwatched(worker, work, limit));
  }

  @Override
  public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    return atomically(() -> custody.claim(worker, work, runs));
  }

  @Override
  public void release(WorkerId worker, RunId run, long epoch, Due due) {
    atomically(() -> done(() -> custody.release(worker, run, epoch, due)));
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    return atomically(() -> custody.reschedule(worker, run, epoch, seen, due));
  }

  @Override
  public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    atomically(() -> done(() -> custody.stall(worker, run, epoch, seen, stall)));
  }

  @Override
  public boolean nudge(RunId run) {
    return atomically(() -> custody.nudge(run));
  }

  @Override
  public Optional<Tended> hold(RunId run, @Nullable String reason, @Nullable String by) {
    return atomically(() -> holds.hold(run, reason, by));
  }

  @Override
  public Optional<Tended> letGo(RunId run) {
    return atomically(() -> holds.letGo(run));
  }

  @Override
  public CopyResult copy(RunCopy copy) {
    return atomically(() -> new MemoryCopies(store).copy(copy));
  }

  @Override
  public List<BuildUse> builds() {
    return atomically(versions::builds);
  }

  @Override
  public boolean drain(String build) {
    return atomically(() -> versions.drain(build));
  }

  @Override
  public boolean undrain(String build) {
    return atomically(() -> versions.undrain(build));
  }

  @Override
  public List<RunId> open(OpenRuns which, @Nullable RunId after, int limit) {
    return atomically(() -> versions.open(which, after, limit));
  }

  @Override
  public List<ChangeUse> changeUses(@Nullable String workflow) {
    return atomically(() -> versions.changes(workflow));
  }

  @Override
  public Set<RunId> repin(List<RunId> runs, Pin to) {
    return atomically(() -> versions.repin(runs, to));
  }

  @Override
  public List<Holding> heartbeat(List<Heartbeat> heartbeats) {
    return atomically(() -> steps.heartbeat(heartbeats));
  }

  @Override
  public Optional<Progress> progress(RunId run, String stepId) {
    return atomically(() -> steps.progress(run, stepId));
  }

  @Override
  public Optional<Event> event(RunId run, String eventId) {
    return atomically(() -> reads.event(run, eventId));
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    return atomically(() -> reads.events(run, page));
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return atomically(() -> reads.history(run, after, limit));
  }

  @Override
  public Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest page) {
    return atomically(() -> reads.eventsByCorrelation(run, correlationId, page));
  }

  @Override
  public List<Kept> archive(List<Section> sections) {
    return atomically(() -> sections.stream().map(archive::take).toList());
  }

  @Override
  public Archived archived(StreamId stream, long from, int limit) {
    return atomically(() -> archive.read(stream, from, limit));
  }

  @Override
  public List<Held> heldBy(Collection<WorkerId> workers) {
    return atomically(() -> archive.heldBy(workers));
  }

  @Override
  public List<String> archivedStreams(RunId run) {
    return atomically(() -> archive.names(run));
  }

  @Override
  protected RunViews views() {
    instance.requireOpen();
    return views;
  }

  @Override
  public Retention keeper() {
    return atomically(() -> retention);
  }

  @Override
  public Counts census() {
    return atomically(() -> new MemoryCensus(store).census());
  }

  @Override
  public Audit auditor() {
    return atomically(() -> new MemoryAudit(store));
  }

  @Override
  public String version() {
    return "memory";
  }

  @Override
  public Set<Capability> declined() {
    return EnumSet.of(Capability.DURABLE, Capability.MULTI_PROCESS);
  }

  @Override
  public void close() {
    instance.end();
  }

  private <T> T atomically(Supplier<T> action) {
    instance.requireOpen();
    return store.atomically(action);
  }

  private static boolean done(Runnable action) {
    action.run();
    return true;
  }
}
