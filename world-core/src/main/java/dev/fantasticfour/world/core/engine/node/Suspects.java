package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs whose owners died on them, more than once and without coming any further: one of them may
 * have brought its process down, and with it those that only ran beside it. So they are taken in
 * groups that get smaller with every loss, as one looks for a fault by halves: who is innocent
 * comes further in its first group or two, and whoever has lost four owners is alone among its
 * like. Nobody overtakes a run that waits for a smaller group than its own.
 *
 * <p>A run is on probation from when it is taken until it has come further, is gone, or has been
 * there for so long that the others need not wait. It is taken after a pause that grows with its
 * losses, and what has lost too many owners is let stand without one.
 *
 * <p>Safe for any number of threads.
 */
final class Suspects {

  /** Whoever takes over a run that lost more owners than that lets it stand. */
  static final int MOST_LOSSES = 10;

  /** How many are on probation together, by losses; those with more are alone. */
  private static final int[] TOGETHER = {64, 16, 4, 1};

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration FIRST_PROBATION = Duration.ofMinutes(1);
  private static final Duration LONGEST_PROBATION = Duration.ofMinutes(30);

  private final Machine machine;
  private final Runnable onRoom;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RunId, Suspect> waiting = new HashMap<>();
  private final Map<RunId, Suspect> onProbation = new HashMap<>();

  /** Since when somebody waits in vain for a group of that size, as the last sweep has shown. */
  private final long[] waitsSince = new long[TOGETHER.length];

  private boolean turnedAway;

  /**
   * @param onRoom called when one is on probation no more and others were turned away; quick
   */
  Suspects(Machine machine, Runnable onRoom) {
    this.machine = machine;
    this.onRoom = onRoom;
    Arrays.fill(waitsSince, Long.MAX_VALUE);
  }

  /**
   * A run under suspicion.
   *
   * @param since when it was first seen, or put on probation
   */
  private record Suspect(int losses, long since) {

    private int level() {
      return Math.min(losses, TOGETHER.length) - 1;
    }

    private int together() {
      return TOGETHER[level()];
    }

    /** After up to 256 s; at once where the run is to stand, or was told to try again. */
    private boolean isReady(long now) {
      return losses >= MOST_LOSSES
          || now - since >= FIRST_PAUSE.multipliedBy(1L << (losses - 1)).toNanos();
    }

    private Duration probation() {
      Duration time = FIRST_PROBATION.multipliedBy(1L << (Math.min(losses, MOST_LOSSES) - 1));
      return time.compareTo(LONGEST_PROBATION) < 0 ? time : LONGEST_PROBATION;
    }
  }

  /**
   * A suspicious run is due.
   *
   * @param losses how often its owners died on it, at least once
   * @return whether to take it now; it is then on probation
   */
  boolean mayTake(RunId run, int losses) {
    lock.lock();
    try {
      long now = machine.nanos();
      Suspect suspect =
          waiting.compute(
              run, (id, known) -> new Suspect(losses, known == null ? now : known.since()));
      boolean take =
          suspect.isReady(now) && !isBehind(suspect) && enter(run, new Suspect(losses, now));
      if (take) {
        waiting.remove(run);
      }
      return take;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A suspicious run was taken that was not asked for.
   *
   * @param losses how often its owners died on it before, at least once
   * @return whether to keep it; it is then on probation
   */
  boolean admit(RunId run, int losses) {
    lock.lock();
    try {
      return onProbation.containsKey(run) || enter(run, new Suspect(losses, machine.nanos()));
    } finally {
      lock.unlock();
    }
  }

  /** A run has come further, or is not here any more. */
  void clear(RunId run) {
    boolean room;
    lock.lock();
    try {
      waiting.remove(run);
      room = onProbation.remove(run) != null && turnedAway;
      turnedAway &= !room;
    } finally {
      lock.unlock();
    }
    if (room) {
      onRoom.run();
    }
  }

  /** Forgets runs that are not among the due ones any more: others look after them. */
  void keepOnly(Set<RunId> due) {
    lock.lock();
    try {
      waiting.keySet().retainAll(due);
      Arrays.fill(waitsSince, Long.MAX_VALUE);
      long now = machine.nanos();
      for (Suspect suspect : waiting.values()) {
        int level = suspect.level();
        boolean isFirst =
            waitsSince[level] == Long.MAX_VALUE || suspect.since() - waitsSince[level] < 0;
        if (isFirst && suspect.isReady(now)) {
          waitsSince[level] = suspect.since();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether one that was there before waits for a smaller group. */
  private boolean isBehind(Suspect suspect) {
    for (int level = suspect.level() + 1; level < TOGETHER.length; level++) {
      if (waitsSince[level] != Long.MAX_VALUE && waitsSince[level] - suspect.since() < 0) {
        return true;
      }
    }
    return false;
  }

  private boolean enter(RunId run, Suspect suspect) {
    onProbation
        .values()
        .removeIf(other -> suspect.since() - other.since() >= other.probation().toNanos());
    int together = suspect.together();
    for (Suspect other : onProbation.values()) {
      together = Math.min(together, other.together());
    }
    if (onProbation.size() >= together) {
      turnedAway = true;
      return false;
    }
    onProbation.put(run, suspect);
    return true;
  }
}
