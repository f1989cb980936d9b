package dev.fantasticfour.world.core.port.forwarding;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A storage that passes every call on to another. Whoever extends it overrides what it is about,
 * and calls {@code super} for what the storage behind it does.
 *
 * <p>Calls that a storage may answer by other calls ({@code newest}, {@code beat}, {@code
 * reschedule} of several) are passed on as they are, so that one statement stays one. Whoever
 * changes what {@code history} says has to change what {@code newest} says and {@code claim} brings
 * along, too.
 *
 * <p><b>Concurrency and failure.</b> Those of the storage behind it.
 */
public abstract class ForwardingStorage extends ForwardingViews
    implements Storage, ForwardingRetention {

  private final Storage inner;

  /** Before that storage; closing this closes it. */
  protected ForwardingStorage(Storage inner) {
    this.inner = inner;
  }

  @Override
  protected RunViews views() {
    return inner;
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return inner.append(batches);
  }

  @Override
  public List<Relayed> relay(Set<RunId> targets, int limit) {
    return inner.relay(targets, limit);
  }

  @Override
  public Set<RunId> owed(RunId source, int limit) {
    return inner.owed(source, limit);
  }

  @Override
  public Instant register(WorkerId worker, String buildId, Duration lease) {
    return inner.register(worker, buildId, lease);
  }

  @Override
  public Optional<Instant> beat(WorkerId worker, Duration lease) {
    return inner.beat(worker, lease);
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return inner.beat(worker, lease, judge);
  }

  @Override
  public void retire(WorkerId worker) {
    inner.retire(worker);
  }

  @Override
  public List<WorkerId> markDead(WorkerId by) {
    return inner.markDead(by);
  }

  @Override
  public Set<WorkerId> living(Set<WorkerId> workers) {
    return inner.living(workers);
  }

  @Override
  public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    return inner.due(worker, work, ahead, limit);
  }

  @Override
  public List<RunId> standing(WorkerId worker, Work work, int limit) {
    return inner.standing(worker, work, limit);
  }

  @Override
  public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    return inner.unwatched(worker, work, limit);
  }

  @Override
  public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    return inner.claim(worker, work, runs);
  }

  @Override
  public List<BuildUse> builds() {
    return inner.builds();
  }

  @Override
  public boolean drain(String build) {
    return inner.drain(build);
  }

  @Override
  public boolean undrain(String build) {
    return inner.undrain(build);
  }

  @Override
  public List<RunId> open(OpenRuns which, @Nullable RunId after, int limit) {
    return inner.open(which, after, limit);
  }

  @Override
  public List<ChangeUse> changeUses(@Nullable String workflow) {
    return inner.changeUses(workflow);
  }

  @Override
  public Set<RunId> repin(List<RunId> runs, Pin to) {
    return inner.repin(runs, to);
  }

  @Override
  public void release(WorkerId worker, RunId run, long epoch, Due due) {
    inner.release(worker, run, epoch, due);
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    return inner.reschedule(worker, run, epoch, seen, due);
  }

  @Override
  public Set<RunId> reschedule(WorkerId worker, List<Reschedule> runs) {
    return inner.reschedule(worker, runs);
  }

  @Override
  public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    inner.stall(worker, run, epoch, seen, stall);
  }

  @Override
  public boolean retry(RunId run) {
    return inner.retry(run);
  }

  @Override
  public List<Holding> heartbeat(List<Heartbeat> heartbeats) {
    return inner.heartbeat(heartbeats);
  }

  @Override
  public Optional<Progress> progress(RunId run, String stepId) {
    return inner.progress(run, stepId);
  }

  @Override
  public Optional<Event> event(RunId run, String eventId) {
    return inner.event(run, eventId);
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    return inner.events(run, page);
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return inner.history(run, after, limit);
  }

  @Override
  public Optional<Event> newest(RunId run, EventType type) {
    return inner.newest(run, type);
  }

  @Override
  public Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest page) {
    return inner.eventsByCorrelation(run, correlationId, page);
  }

  @Override
  public List<Kept> archive(List<Section> sections) {
    return inner.archive(sections);
  }

  @Override
  public Archived archived(StreamId stream, long from, int limit) {
    return inner.archived(stream, from, limit);
  }

  @Override
  public List<Held> heldBy(Collection<WorkerId> workers) {
    return inner.heldBy(workers);
  }

  @Override
  public List<String> archivedStreams(RunId run) {
    return inner.archivedStreams(run);
  }

  @Override
  public Retention keeper() {
    return inner;
  }

  @Override
  public String version() {
    return inner.version();
  }

  @Override
  public Set<Capability> declined() {
    return inner.declined();
  }

  @Override
  public void close() {
    inner.close();
  }
}
