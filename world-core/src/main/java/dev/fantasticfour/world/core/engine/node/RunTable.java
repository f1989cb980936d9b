package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs that live here or are about to: how many execute, how many places are left, and which of
 * the parked ones have waited longest. A run has one entry from the moment it is asked for, so that
 * nobody takes it a second time while it comes. Says when there is room again for runs that had to
 * be turned away. Safe for any number of threads.
 */
final class RunTable {

  private final Runnable onRoom;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RunId, Entry> runs = new LinkedHashMap<>();
  private final ParkedRuns parked;
  private final Admission admission;
  private boolean closed;

  /**
   * @param places how many runs may execute at once
   * @param parkedThreads how many threads parked runs may hold
   * @param onRoom called when there was no place for a run and a good part of the places is free
   *     again; quick
   */
  RunTable(int places, int parkedThreads, Runnable onRoom) {
    this.parked = new ParkedRuns(parkedThreads, places);
    this.admission = new Admission(places);
    this.onRoom = onRoom;
  }

  /** A run: without an execution it is coming. */
  private static final class Entry {
    @Nullable RunExecution execution;
    @Nullable Long toldAt;
  }

  /** What became of a run that was put. */
  enum Put {
    /** It lives here now. */
    HERE,
    /** It lives here now, and something was said to it on its way that it may not know. */
    TOLD,
    /** Nothing is taken any more. */
    REFUSED
  }

  /**
   * Takes a place for a run that is about to come. Returns false when there is none, or it is here.
   */
  boolean reserve(RunId run) {
    lock.lock();
    try {
      if (runs.containsKey(run) || !admission.admits(busy())) {
        return false;
      }
      runs.put(run, new Entry());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A run that was to come does not. Returns whether something was said to it on its way, which
   * nobody has heard then.
   */
  boolean unreserve(RunId run) {
    boolean room;
    boolean told = false;
    lock.lock();
    try {
      Entry entry = runs.get(run);
      if (entry != null && entry.execution == null) {
        runs.remove(run);
        told = entry.toldAt != null;
      }
      room = admission.takeRoom(busy());
    } finally {
      lock.unlock();
    }
    tell(room);
    return told;
  }

  /** Puts a run into the place that was reserved for it. */
  Put put(RunExecution execution) {
    lock.lock();
    try {
      Entry entry = runs.get(execution.run());
      if (closed || entry == null || entry.execution != null) {
        return Put.REFUSED;
      }
      entry.execution = execution;
      return entry.toldAt == null ? Put.HERE : Put.TOLD;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks for a run that there is something to say to.
   *
   * @param nanos when, by the monotonic clock
   */
  Place tell(RunId run, long nanos) {
    lock.lock();
    try {
      Entry entry = runs.get(run);
      if (entry == null) {
        return new Place.Unknown();
      }
      entry.toldAt = nanos;
      return entry.execution == null ? new Place.Coming() : new Place.Here(entry.execution);
    } finally {
      lock.unlock();
    }
  }

  /** The execution of a run that lives here. */
  @Nullable RunExecution get(RunId run) {
    lock.lock();
    try {
      Entry entry = runs.get(run);
      return entry == null ? null : entry.execution;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a run lives here or is coming. */
  boolean knows(RunId run) {
    lock.lock();
    try {
      return runs.containsKey(run);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A run is over here.
   *
   * @return whether there was something to say to it after {@code nanos}, which it may not have
   *     heard any more
   */
  boolean remove(RunExecution execution, long nanos) {
    boolean room;
    boolean wasTold;
    lock.lock();
    try {
      parked.remove(execution);
      Entry entry = runs.get(execution.run());
      if (entry == null || entry.execution != execution) {
        return false;
      }
      runs.remove(execution.run());
      wasTold = entry.toldAt != null && entry.toldAt - nanos > 0;
      room = admission.takeRoom(busy());
    } finally {
      lock.unlock();
    }
    tell(room);
    return wasTold;
  }

  /**
   * A run waits. Returns those to evict so that parked runs hold no more threads than they may,
   * longest waiting first.
   *
   * @param isBrief whether it will be back in a moment: as many of those as may execute count as if
   *     they did
   */
  List<RunExecution> park(RunExecution execution, boolean isBrief) {
    List<RunExecution> evicted;
    boolean room;
    lock.lock();
    try {
      parked.remove(execution);
      Entry entry = runs.get(execution.run());
      if (entry != null && entry.execution == execution) {
        parked.add(execution, isBrief);
      }
      evicted = parked.excess();
      room = admission.takeRoom(busy());
    } finally {
      lock.unlock();
    }
    tell(room);
    return evicted;
  }

  /** A run goes on. */
  void resume(RunExecution execution) {
    lock.lock();
    try {
      parked.remove(execution);
    } finally {
      lock.unlock();
    }
  }

  /** How many more runs may execute. */
  int freePlaces() {
    lock.lock();
    try {
      return admission.free(busy());
    } finally {
      lock.unlock();
    }
  }

  /** How many runs execute or are coming. */
  int executing() {
    lock.lock();
    try {
      return busy();
    } finally {
      lock.unlock();
    }
  }

  /** The runs that live here. */
  List<RunExecution> all() {
    lock.lock();
    try {
      return runs.values().stream().flatMap(e -> Stream.ofNullable(e.execution)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Those of them that do not only wait. */
  List<RunExecution> awake() {
    lock.lock();
    try {
      Stream<RunExecution> all =
          runs.values().stream().flatMap(e -> Stream.ofNullable(e.execution));
      return all.filter(execution -> !parked.has(execution)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** How many runs live here. */
  int size() {
    return all().size();
  }

  /** How many of them only wait. */
  int parkedCount() {
    lock.lock();
    try {
      return parked.size();
    } finally {
      lock.unlock();
    }
  }

  /** Admits nothing more; what is coming may still come. */
  void admitNoMore() {
    lock.lock();
    try {
      admission.close();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; returns all that live here. */
  List<RunExecution> close() {
    lock.lock();
    try {
      admission.close();
      closed = true;
      return all();
    } finally {
      lock.unlock();
    }
  }

  /** Without the lock. */
  private void tell(boolean room) {
    if (room) {
      onRoom.run();
    }
  }

  /** How many runs have a place; with the lock. */
  private int busy() {
    return runs.size() - parked.size();
  }
}
