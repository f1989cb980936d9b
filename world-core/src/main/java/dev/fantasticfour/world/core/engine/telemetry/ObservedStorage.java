package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Tells an observer of what is asked of a storage. It asks nothing more of it. */
public final class ObservedStorage extends ForwardingStorage {

  private static final String UNAVAILABLE = "unavailable";

  private final Observer observer;
  private final LongSupplier nanos;

  /** Runs that were shown last whose owner is somebody else, which can only be a dead worker. */
  private final Set<RunId> orphans = ConcurrentHashMap.newKeySet();

  private ObservedStorage(Storage inner, Observer observer, LongSupplier nanos) {
    super(inner);
    this.observer = observer;
    this.nanos = nanos;
  }

  /** That storage, observed if there is somebody to observe it. */
  public static Storage of(Storage storage, Observer observer, LongSupplier nanos) {
    return observer == Observer.NONE ? storage : new ObservedStorage(storage, observer, nanos);
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    long since = nanos.getAsLong();
    Timing timing = Timing.of(observer, nanos, new Operation.Append(batches.size()));
    List<AppendResult> results;
    try {
      results = super.append(batches);
    } catch (RuntimeException | Error e) {
      timing.failed(e);
      Duration took = Duration.ofNanos(nanos.getAsLong() - since);
      batches.forEach(each -> observer.on(new Occurrence.BatchAnswered(UNAVAILABLE, took)));
      throw e;
    }
    timing.done();
    Duration took = Duration.ofNanos(nanos.getAsLong() - since);
    results.forEach(each -> observer.on(new Occurrence.BatchAnswered(word(each), took)));
    return results;
  }

  private static String word(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended r -> "appended";
      case AppendResult.Repeated r -> "repeated";
      case AppendResult.Stale r -> "stale";
      case AppendResult.Fenced r -> "fenced";
      case AppendResult.Closed r -> "closed";
      case AppendResult.Conflict r -> "conflict";
      case AppendResult.NotFound r -> "not_found";
      case AppendResult.TooEarly r -> "too_early";
      case AppendResult.Busy r -> "busy";
    };
  }

  @Override
  public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    List<Claimed> claimed =
        timed(new Operation.Claim(runs.size()), () -> super.claim(worker, work, runs));
    for (Claimed next : claimed) {
      RunId run = next.run().id();
      observer.on(new Occurrence.RunClaimed(run, next.run().workflow(), orphans.remove(run)));
    }
    return claimed;
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    Optional<Pulse> pulse =
        timed(new Operation.Beat(worker.value()), () -> super.beat(worker, lease, judge));
    if (pulse.isEmpty()) {
      observer.on(new Occurrence.OwnershipLost(Occurrence.Loss.LEASE));
    }
    return pulse;
  }

  @Override
  public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    List<DueRun> due = super.due(worker, work, ahead, limit);
    orphans.clear();
    note(worker, due);
    return due;
  }

  @Override
  public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    List<DueRun> unwatched = super.unwatched(worker, work, limit);
    note(worker, unwatched);
    return unwatched;
  }

  private void note(WorkerId worker, List<DueRun> shown) {
    for (DueRun run : shown) {
      if (run.owner() != null && !run.owner().equals(worker)) {
        orphans.add(run.run());
      }
    }
  }

  private <T> T timed(Operation operation, Supplier<T> call) {
    Timing timing = Timing.of(observer, nanos, operation);
    T answer;
    try {
      answer = call.get();
    } catch (RuntimeException | Error e) {
      timing.failed(e);
      throw e;
    }
    timing.done();
    return answer;
  }
}
