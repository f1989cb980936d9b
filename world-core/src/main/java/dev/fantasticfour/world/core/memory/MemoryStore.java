package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.AsStored;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What several {@link MemoryStorage} instances share, as several processes share a database. Its
 * clock is the store's clock: it alone decides leases and due times.
 */
public final class MemoryStore {

  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private long sequence;

  final Map<RunId, RunEntry> runs = new LinkedHashMap<>();
  final DueIndex<RunEntry> due = new DueIndex<>();
  final Map<WorkerId, Worker> workers = new LinkedHashMap<>();

  /** The builds that take only what is pinned to them. */
  final Set<String> drained = new HashSet<>();

  /** The runs that somebody keeps from going on; some of them may have ended. */
  final Set<RunId> held = new LinkedHashSet<>();

  /** Live hooks of all runs, by token, in order of creation. */
  final Map<String, LiveHook> tokens = new LinkedHashMap<>();

  /** Which run has a run key, also after its end. */
  final Map<RunKey, RunId> keys = new HashMap<>();

  /**
   * Which run a batch went to that no owner appended, but for what only creates the run it names.
   */
  final Map<String, RunId> batchesOfAnyone = new HashMap<>();

  /** What runs owe to others and nobody has moved yet. */
  final RelayShelf relays = new RelayShelf();

  /** How long runs are kept. */
  final RetentionShelf retention = new RetentionShelf();

  /** What was done by hand, by request. */
  final LinkedHashMap<String, Audit.Entry> audits = new LinkedHashMap<>();

  /** Streams as they are kept for good, in order of their first entry. */
  final Map<StreamId, StreamShelf> streams = new LinkedHashMap<>();

  /**
   * A worker.
   *
   * @param dead whether its incarnation is over
   */
  record Worker(String build, Instant registeredAt, Instant leaseUntil, boolean dead) {

    Worker until(Instant time) {
      return new Worker(build, registeredAt, time, dead);
    }

    Worker over() {
      return new Worker(build, registeredAt, leaseUntil, true);
    }
  }

  /** A live hook and its place among all hooks. */
  record LiveHook(RunId run, String hookId, long sequence) {}

  /** A run key is unique per workflow. */
  record RunKey(String workflow, String key) {}

  /** An empty store that goes by that clock. */
  public MemoryStore(InstantSource clock) {
    this.clock = clock;
  }

  /** Does something that nobody sees half done. */
  <T> T atomically(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** The store's clock, as exact as its values are. */
  Instant now() {
    return AsStored.cut(clock.instant());
  }

  long nextSequence() {
    return ++sequence;
  }

  @Nullable RunEntry find(RunId run) {
    return runs.get(run);
  }

  /** Whether that incarnation is registered and neither dead nor retired. */
  boolean isAlive(@Nullable WorkerId worker) {
    Worker known = worker == null ? null : workers.get(worker);
    return known != null && !known.dead();
  }

  /** The build of a worker whose incarnation is not over, or null. */
  @Nullable String buildOf(WorkerId worker) {
    Worker known = workers.get(worker);
    return known == null || known.dead() ? null : known.build();
  }

  static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
