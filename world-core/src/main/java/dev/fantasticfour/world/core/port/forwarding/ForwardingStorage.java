package dev.fantasticfour.world.core.port.forwarding;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Retention;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
public abstract class ForwardingStorage extends ForwardingCustody
    implements Storage, ForwardingRetention, ForwardingAudit {

  private final Supplier<? extends Storage> inner;

  /** Before that storage; closing this closes it. */
  protected ForwardingStorage(Storage inner) {
    this(() -> inner);
  }

  /**
   * Before a storage that is asked for at each call, by the thread of the call.
   *
   * @param inner may refuse a call by what it throws
   */
  protected ForwardingStorage(Supplier<? extends Storage> inner) {
    this.inner = inner;
  }

  @Override
  protected RunViews views() {
    return inner.get();
  }

  @Override
  protected RunCustody custody() {
    return inner.get();
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return inner.get().append(batches);
  }

  @Override
  public List<Relayed> relay(Set<RunId> targets, int limit) {
    return inner.get().relay(targets, limit);
  }

  @Override
  public Set<RunId> owed(RunId source, int limit) {
    return inner.get().owed(source, limit);
  }

  @Override
  public CopyResult copy(RunCopy copy) {
    return inner.get().copy(copy);
  }

  @Override
  public List<BuildUse> builds() {
    return inner.get().builds();
  }

  @Override
  public boolean drain(String build) {
    return inner.get().drain(build);
  }

  @Override
  public boolean undrain(String build) {
    return inner.get().undrain(build);
  }

  @Override
  public List<RunId> open(OpenRuns which, @Nullable RunId after, int limit) {
    return inner.get().open(which, after, limit);
  }

  @Override
  public List<ChangeUse> changeUses(@Nullable String workflow) {
    return inner.get().changeUses(workflow);
  }

  @Override
  public Set<RunId> repin(List<RunId> runs, Pin to) {
    return inner.get().repin(runs, to);
  }

  @Override
  public List<Holding> heartbeat(List<Heartbeat> heartbeats) {
    return inner.get().heartbeat(heartbeats);
  }

  @Override
  public Optional<Progress> progress(RunId run, String stepId) {
    return inner.get().progress(run, stepId);
  }

  @Override
  public Optional<Event> event(RunId run, String eventId) {
    return inner.get().event(run, eventId);
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    return inner.get().events(run, page);
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return inner.get().history(run, after, limit);
  }

  @Override
  public Optional<Event> newest(RunId run, EventType type) {
    return inner.get().newest(run, type);
  }

  @Override
  public Page<Event> eventsByCorrelation(RunId run, String correlationId, PageRequest page) {
    return inner.get().eventsByCorrelation(run, correlationId, page);
  }

  @Override
  public List<Kept> archive(List<Section> sections) {
    return inner.get().archive(sections);
  }

  @Override
  public Archived archived(StreamId stream, long from, int limit) {
    return inner.get().archived(stream, from, limit);
  }

  @Override
  public List<Held> heldBy(Collection<WorkerId> workers) {
    return inner.get().heldBy(workers);
  }

  @Override
  public List<String> archivedStreams(RunId run) {
    return inner.get().archivedStreams(run);
  }

  @Override
  public Retention keeper() {
    return inner.get();
  }

  @Override
  public Counts census() {
    return inner.get().census();
  }

  @Override
  public Audit auditor() {
    return inner.get();
  }

  @Override
  public String version() {
    return inner.get().version();
  }

  @Override
  public Set<Capability> declined() {
    return inner.get().declined();
  }

  @Override
  public void close() {
    inner.get().close();
  }
}
