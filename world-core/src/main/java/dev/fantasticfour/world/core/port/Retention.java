package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long runs are kept after their end, and what is left of them then. Nothing is deleted before
 * a rule is set, and a store without rules pays nothing for that it could have some.
 *
 * <p><b>Guarantees.</b> A run goes whole, with all that any role of the storage holds of it, or not
 * at all. It goes when it has ended, is settled, and was kept for as long as the rule of its
 * workflow says by the store's clock: what it is depends on when it is asked, so that a rule holds
 * for runs that ended before it was set. It never goes
 *
 * <ul>
 *   <li>while it owes something to other runs, or a living worker may hold chunks of its streams,
 *   <li>as a link of a chain of which a later one has not ended, or is kept for longer itself,
 *   <li>as a child of an open run that has not heard of its end,
 *   <li>while an operator keeps it ({@link #keep}).
 * </ul>
 *
 * <p>Where its rule says so, its run key outlives it: to whoever starts a run under it the append
 * answers a conflict with the run that is gone ({@link AppendResult.Conflict#DELETED}).
 *
 * <p><b>Concurrency.</b> Any number of threads and processes. What somebody else deletes, or
 * changes at this moment, is passed over; nobody waits.
 *
 * <p><b>Failure.</b> As in {@link Storage}: what was not answered may have been done, and repeating
 * it is safe. A storage that declines {@link Capability#RETENTION} keeps everything, knows no rules
 * and refuses to be given any.
 */
public interface Retention {

  /** What is set, and how far the deleting has come. */
  RetentionStand retention();

  /**
   * Sets the rule of a workflow, or of all ({@link RetentionPolicy#ALL}); with null there is none
   * any more. With the first one workers begin to look, within a heartbeat.
   */
  void retain(String workflow, @Nullable RetentionRule rule);

  /**
   * Runs that may go, in the order of their creation: the same that {@link #prune} deletes when it
   * is given them at once.
   *
   * @param after where the page before ended; null: from the start
   * @param limit most runs, at least 1; a page may have fewer although more follow, because it
   *     looks at so many runs only, and because what is deleted at once is not to take long
   */
  ExpiredRuns expired(@Nullable String after, int limit);

  /**
   * Deletes those of these runs that may go now, in one transaction, and returns them.
   *
   * @param runs those of one page at most
   */
  Set<RunId> prune(Collection<RunId> runs);

  /**
   * Keeps a run, whatever the rules say, or leaves it to them again. It may be open.
   *
   * @return whether there is such a run
   */
  boolean keep(RunId run, boolean kept);

  /**
   * Takes out of a run that has ended and is settled what anybody put into it: payloads,
   * attributes, tokens, reasons, run key, chunks of streams. What happened when stays. It cannot be
   * taken back, and doing it again changes nothing.
   */
  Erasing erase(RunId run);

  /** How many runs have ended, counted up to that number. */
  long ended(long most);

  /**
   * Takes the next round of deleting, if one is due, for as long as that: nobody else gets one
   * meanwhile. The pulse says when one is ({@link RunCustody.Pulse#prunes}).
   *
   * @return where the round before ended; empty when none is due
   */
  Optional<Round> beginRound(Duration within);

  /**
   * Ends a round.
   *
   * @param after where the next one goes on; null when all runs were looked at
   * @param pause after which the next one is due
   * @param deleted how many runs went
   * @param trouble what kept runs from being deleted, for people; null when nothing did
   */
  void endRound(@Nullable String after, Duration pause, int deleted, @Nullable String trouble);

  /** What became of a request to erase. */
  enum Erasing {
    /** It is done. */
    ERASED,
    /** The run is open, or not settled yet. */
    NOT_OVER,
    /** There is no such run. */
    UNKNOWN
  }

  /**
   * A run that may go.
   *
   * @param completedAt when it ended
   */
  record ExpiredRun(RunId run, String workflow, RunStatus status, Instant completedAt) {}

  /**
   * Some of the runs that may go.
   *
   * @param next where the next page begins; null when this is the last
   */
  record ExpiredRuns(List<ExpiredRun> runs, @Nullable String next) {

    public ExpiredRuns {
      runs = List.copyOf(runs);
    }

    /** Their ids, in order. */
    public List<RunId> ids() {
      return runs.stream().map(ExpiredRun::run).toList();
    }
  }

  /**
   * A round of deleting.
   *
   * @param after where it goes on; null: with the oldest run
   * @param policy what is set
   * @param trouble what kept runs from being deleted in the round before, or null
   */
  record Round(@Nullable String after, RetentionPolicy policy, @Nullable String trouble) {}

  /**
   * What is set, and how far the deleting has come.
   *
   * @param lastPassAt when all runs had been looked at last; null: never
   * @param nextRoundAt when the next round is due; null when nothing is set
   * @param deleted how many runs have gone since the first rule was set
   * @param trouble what kept runs from being deleted in the last round, or null
   */
  record RetentionStand(
      RetentionPolicy policy,
      @Nullable Instant lastPassAt,
      @Nullable Instant nextRoundAt,
      long deleted,
      @Nullable String trouble) {}
}
