package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.run.Ids;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which builds of the code have which runs, for operators who replace one by another.
 *
 * <p><b>Guarantees.</b> Nothing here is a fact, and nothing is folded. What is said holds for every
 * claim that begins after it was answered; what is claimed already stays where it is, unless {@link
 * #repin} says otherwise.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes.
 *
 * <p><b>Failure.</b> As in {@link Storage}; repeating any of this is safe.
 */
public interface Versions {

  /**
   * Every build that a living worker has, that an open run is pinned to, or that is drained, by its
   * id.
   */
  List<BuildUse> builds();

  /**
   * Has the workers of a build take no runs but those that are pinned to it. What they own they
   * keep.
   *
   * @return whether it was not drained before
   */
  boolean drain(String build);

  /**
   * Ends that.
   *
   * @return whether it was drained
   */
  boolean undrain(String build);

  /** Open runs, by id. */
  List<RunId> open(OpenRuns which, @Nullable RunId after, int limit);

  /**
   * Pins open runs otherwise. A run whose owner is of another build than the new one has no owner
   * any more: what that worker still does of it is refused, and a step that it was running is run
   * again. A run that stands is due now.
   *
   * @return those that were pinned otherwise before; of the others nothing is changed
   */
  Set<RunId> repin(List<RunId> runs, Pin to);

  /**
   * How the changes are used that were ever marked, by workflow and id.
   *
   * @param workflow of that workflow; null = of all
   */
  List<ChangeUse> changeUses(@Nullable String workflow);

  /**
   * How a change of the code of a workflow is used.
   *
   * @param firstSeen when a run first had an answer, also one that has ended since
   * @param taken how many open runs take the change
   * @param notTaken how many open runs do not
   * @param undecided how many open runs have no answer and were created before {@code firstSeen}:
   *     they may be past the place
   */
  record ChangeUse(
      String workflow,
      String changeId,
      Instant firstSeen,
      long taken,
      long notTaken,
      long undecided) {

    /** What may be done about the code. */
    public enum Verdict {
      /** Open runs may need both ways. */
      KEEP,
      /** No open run needs the old way. */
      OLD_BRANCH_MAY_GO,
      /** No open run has an answer either. */
      CALL_MAY_GO
    }

    /** What may be done about the code. */
    public Verdict verdict() {
      if (notTaken + undecided > 0) {
        return Verdict.KEEP;
      }
      return taken > 0 ? Verdict.OLD_BRANCH_MAY_GO : Verdict.CALL_MAY_GO;
    }
  }

  /**
   * Which open runs.
   *
   * @param workflow of that workflow; null = of any
   * @param pinnedTo pinned to that build; null = pinned or not
   */
  record OpenRuns(@Nullable String workflow, @Nullable String pinnedTo) {
    public OpenRuns {
      if (pinnedTo != null) {
        String unused = Ids.requireText("build", pinnedTo, Pin.To.MAX_LENGTH);
      }
    }
  }

  /**
   * How a build is used.
   *
   * @param build its id
   * @param workers how many of its workers live
   * @param pinnedRuns how many open runs are pinned to it
   * @param oldestPinned when the oldest of them was created; null when there are none
   * @param isDrained whether it takes only those
   * @param lastLease when the lease of its last worker ends or ended; null when no worker is known,
   *     as when the last one was over longer ago than {@link RunCustody#REMEMBERED_FOR}
   * @param asOf the store's clock
   */
  record BuildUse(
      String build,
      int workers,
      long pinnedRuns,
      @Nullable Instant oldestPinned,
      boolean isDrained,
      @Nullable Instant lastLease,
      Instant asOf) {

    /**
     * How long after its last lease a build with pinned runs is missed: with a lease of ten seconds
     * that is a minute at most after the last worker was heard of.
     */
    public static final Duration MISSED_AFTER = Duration.ofSeconds(50);

    /** How a build stands. */
    public enum State {
      /** It takes what there is. */
      CURRENT,
      /** It takes only the runs that are pinned to it, and there are some. */
      DRAINING,
      /** It is drained, and no open run needs it: its processes may go. */
      DRAINED,
      /** Open runs are pinned to it, and nobody has it. */
      MISSING
    }

    /** How it stands. */
    public State state() {
      if (pinnedRuns > 0 && workers == 0 && isMissed()) {
        return State.MISSING;
      }
      return !isDrained ? State.CURRENT : pinnedRuns > 0 ? State.DRAINING : State.DRAINED;
    }

    private boolean isMissed() {
      Instant last = lastLease == null ? oldestPinned : lastLease;
      return last == null || !last.plus(MISSED_AFTER).isAfter(asOf);
    }
  }
}
