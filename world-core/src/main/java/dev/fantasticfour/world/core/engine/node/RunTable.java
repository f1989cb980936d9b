package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The runs that live here: how many execute, how many places are left, and which of the parked ones
 * have waited longest. Safe for any number of threads.
 */
final class RunTable {

  private final int places;
  private final int parkedThreads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RunId, RunExecution> runs = new HashMap<>();
  private final LinkedHashMap<RunExecution, Integer> parked = new LinkedHashMap<>();
  private final Set<RunId> coming = new HashSet<>();
  private int threads;
  private boolean closed;

  /**
   * @param places how many runs may execute at once
   * @param parkedThreads how many threads parked runs may hold
   */
  RunTable(int places, int parkedThreads) {
    this.places = places;
    this.parkedThreads = parkedThreads;
  }

  /**
   * Takes a place for a run that is about to come. Returns false when there is none, or when the
   * run is here or about to come already: to claim it twice would fence the first claim.
   */
  boolean reserve(RunId run) {
    lock.lock();
    try {
      return !closed && free() > 0 && !runs.containsKey(run) && coming.add(run);
    } finally {
      lock.unlock();
    }
  }

  /** Gives a reserved place back. */
  void unreserve(RunId run) {
    lock.lock();
    try {
      coming.remove(run);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts a run into a reserved place. Returns false, and gives the place back, when it is there
   * already.
   */
  boolean put(RunExecution execution) {
    lock.lock();
    try {
      coming.remove(execution.run());
      return !closed && runs.putIfAbsent(execution.run(), execution) == null;
    } finally {
      lock.unlock();
    }
  }

  @Nullable RunExecution get(RunId run) {
    lock.lock();
    try {
      return runs.get(run);
    } finally {
      lock.unlock();
    }
  }

  void remove(RunExecution execution) {
    lock.lock();
    try {
      runs.remove(execution.run(), execution);
      unpark(execution);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A run waits. Returns those to evict so that parked runs hold no more threads than they may,
   * longest waiting first.
   */
  List<RunExecution> park(RunExecution execution) {
    lock.lock();
    try {
      unpark(execution);
      int held = execution.threads();
      if (runs.get(execution.run()) == execution) {
        parked.put(execution, held);
        threads += held;
      }
      List<RunExecution> evicted = new ArrayList<>();
      int excess = threads - parkedThreads;
      for (Map.Entry<RunExecution, Integer> longest : parked.entrySet()) {
        if (excess <= 0) {
          break;
        }
        evicted.add(longest.getKey());
        excess -= longest.getValue();
      }
      return evicted;
    } finally {
      lock.unlock();
    }
  }

  /** A run goes on. */
  void resume(RunExecution execution) {
    lock.lock();
    try {
      unpark(execution);
    } finally {
      lock.unlock();
    }
  }

  /** How many more runs may execute. */
  int freePlaces() {
    lock.lock();
    try {
      return closed ? 0 : Math.max(0, free());
    } finally {
      lock.unlock();
    }
  }

  /** How many runs live here. */
  int size() {
    lock.lock();
    try {
      return runs.size();
    } finally {
      lock.unlock();
    }
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

  /** Takes nothing more; returns all that live here. */
  List<RunExecution> close() {
    lock.lock();
    try {
      closed = true;
      return List.copyOf(runs.values());
    } finally {
      lock.unlock();
    }
  }

  private int free() {
    return places - coming.size() - (runs.size() - parked.size());
  }

  private void unpark(RunExecution execution) {
    Integer held = parked.remove(execution);
    if (held != null) {
      threads -= held;
    }
  }
}
