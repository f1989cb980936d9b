package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs whose owners died on them, more than once and without coming any further: they may bring
 * this process down too. One is taken at a time, each after a pause that grows with its losses, and
 * the next only when the one before has come further or is gone. What has lost too many owners is
 * let stand without a pause. Safe for any number of threads.
 */
final class Suspects {

  /** Whoever takes over a run that lost more owners than that lets it stand. */
  static final int MOST_LOSSES = 10;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Machine machine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RunId, Long> firstSeen = new HashMap<>();
  private @Nullable RunId onProbation;

  Suspects(Machine machine) {
    this.machine = machine;
  }

  /**
   * A suspicious run is due.
   *
   * @param losses how often its owners died on it
   * @return whether to take it now; it is then the one on probation
   */
  boolean mayTake(RunId run, int losses) {
    lock.lock();
    try {
      long seen = firstSeen.computeIfAbsent(run, r -> machine.nanos());
      boolean take = onProbation == null && machine.nanos() - seen >= pauseAfter(losses).toNanos();
      if (take) {
        onProbation = run;
      }
      return take;
    } finally {
      lock.unlock();
    }
  }

  /** Whether that is the run on probation, which makes it that when there is none. */
  boolean admit(RunId run) {
    lock.lock();
    try {
      if (onProbation == null) {
        onProbation = run;
      }
      return run.equals(onProbation);
    } finally {
      lock.unlock();
    }
  }

  /** A run has come further, or is not here any more. */
  void clear(RunId run) {
    lock.lock();
    try {
      firstSeen.remove(run);
      if (run.equals(onProbation)) {
        onProbation = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets runs that are not among the due ones any more: others look after them. */
  void keepOnly(Set<RunId> due) {
    lock.lock();
    try {
      firstSeen.keySet().removeIf(run -> !due.contains(run) && !run.equals(onProbation));
    } finally {
      lock.unlock();
    }
  }

  /** Up to 256 s; none where the run is to stand, or was told to try again. */
  private static Duration pauseAfter(int losses) {
    if (losses >= MOST_LOSSES) {
      return Duration.ZERO;
    }
    return FIRST_PAUSE.multipliedBy(1L << Math.max(0, losses - 1));
  }
}
