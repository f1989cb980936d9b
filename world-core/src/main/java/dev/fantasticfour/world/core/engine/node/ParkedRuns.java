package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.run.RunExecution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The runs of a table that only wait: who has waited longest, and how many threads they hold. Those
 * that will be back in a moment count as if they went on executing, as many of them as may execute:
 * to give up their threads would cost more than it gains. Guarded by the lock of the table.
 */
final class ParkedRuns {

  private final int mostThreads;
  private final int mostBrief;
  private final LinkedHashMap<RunExecution, Integer> waiting = new LinkedHashMap<>();
  private final Set<RunExecution> brief = new HashSet<>();
  private int threads;

  /**
   * @param mostThreads how many threads those may hold that do not wait for a moment only
   * @param mostBrief how many may wait for a moment
   */
  ParkedRuns(int mostThreads, int mostBrief) {
    this.mostThreads = mostThreads;
    this.mostBrief = mostBrief;
  }

  /** A run waits from now on. */
  void add(RunExecution execution, boolean isBrief) {
    if (isBrief && brief.size() < mostBrief) {
      brief.add(execution);
      waiting.put(execution, 0);
    } else {
      int held = execution.threads();
      waiting.put(execution, held);
      threads += held;
    }
  }

  /** A run goes on, or is not here any more. */
  void remove(RunExecution execution) {
    brief.remove(execution);
    Integer held = waiting.remove(execution);
    threads -= held == null ? 0 : held;
  }

  /** Those to evict so that no more threads are held than may be, longest waiting first. */
  List<RunExecution> excess() {
    List<RunExecution> evicted = new ArrayList<>();
    int excess = threads - mostThreads;
    for (Map.Entry<RunExecution, Integer> longest : waiting.entrySet()) {
      if (excess <= 0) {
        break;
      }
      if (!brief.contains(longest.getKey())) {
        evicted.add(longest.getKey());
        excess -= longest.getValue();
      }
    }
    return evicted;
  }

  boolean has(RunExecution execution) {
    return waiting.containsKey(execution);
  }

  /** How many runs wait. */
  int size() {
    return waiting.size();
  }
}
