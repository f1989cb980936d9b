package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Census;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Retention;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingAudit;
import dev.fantasticfour.world.core.port.forwarding.ForwardingCustody;
import dev.fantasticfour.world.core.port.forwarding.ForwardingRetention;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Storage on PostgreSQL. Lists may be read from a replica, whatever decides never is. */
public final class PostgresStorage extends ForwardingCustody
    implements Storage, ForwardingRetention, ForwardingAudit {

  private final Appends appends;
  private final Relays relays;
  private final Copies copies;
  private final RunCustody custody;
  private final Builds builds;
  private final Heartbeats heartbeats;
  private final LogReads log;
  private final Views views;
  private final Archives archives;
  private final Retention retention;
  private final Census census;
  private final Audit audit;
  private final String version;
  private final List<AutoCloseable> resources;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param resources what was opened for this instance, in the order of closing
   */
  PostgresStorage(
      Appends appends,
      Relays relays,
      Copies copies,
      RunCustody custody,
      Builds builds,
      Heartbeats heartbeats,
      LogReads log,
      Views views,
      Archives archives,
      Retention retention,
      Census census,
      Audit audit,
      String version,
      List<AutoCloseable> resources) {
    this.appends = appends;
    this.relays = relays;
    this.copies = copies;
    this.custody = custody;
    this.builds = builds;
    this.heartbeats = heartbeats;
    this.log = log;
    this.views = views;
    this.archives = archives;
    this.retention = retention;
    this.census = census;
    this.audit = audit;
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

  @Override
  public CopyResult copy(RunCopy copy) {
    return open(copies).copy(copy);
  }

  /** How batches were appended, and relays moved, so far. */
  public AppendCounts appendCounts() {
    return appends.counts(relays.judged());
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
  public List<Holding> heartbeat(List<Heartbeat> said) {
    return open(heartbeats).heartbeat(said);
  }

  @Override
  public Optional<Progress> progress(RunId run, String stepId) {
    return open(heartbeats).progress(run, stepId);
  }

  @Override
  public Optional<Event> event(RunId run, String eventId) {
    return open(log).event(run, eventId);
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    return open(log).events(run, page);
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return open(log).history(run, after, limit);
  }

  @Override
  public Optional<Event> newest(RunId run, EventType type) {
    return open(log).newest(run, type);
  }

  @Override
  public Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest page) {
    return open(log).eventsByCorrelation(run, correlationId, page);
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
  public Counts census() {
    return open(census).census();
  }

  @Override
  public Retention keeper() {
    return open(retention);
  }

  @Override
  public Audit auditor() {
    return open(audit);
  }

  @Override
  protected RunViews views() {
    return open(views);
  }

  @Override
  protected RunCustody custody() {
    return open(custody);
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
