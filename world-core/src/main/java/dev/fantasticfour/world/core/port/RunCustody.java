package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after which run, and when: workers with their leases, owners with their epochs, due
 * times.
 *
 * <p><b>Guarantees.</b> Ownership, leases and due times are no facts and are never folded. A run
 * has one owner at most, whose epoch grows with every claim; what an owner says in an epoch that is
 * over changes nothing.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes. Only the store's clock decides leases
 * and due times.
 *
 * <p><b>Failure.</b> As in {@link Storage}: what was not answered may have been done, and repeating
 * it is safe.
 */
public interface RunCustody {

  /** Of a run with so many events at most its log comes with it when it is taken. */
  int SHORT_LOG = 64;

  /** How long after its lease a store may know of a worker that is over. */
  Duration REMEMBERED_FOR = Duration.ofHours(1);

  /**
   * Registers a fresh incarnation with a lease from now on, and forgets those that are over and
   * whose lease ran out longer than {@link #REMEMBERED_FOR} ago: there is never more of them than
   * died in that time. What they own stays theirs, that is, a dead worker's.
   *
   * @return the store's clock
   */
  Instant register(WorkerId worker, String buildId, Duration lease);

  /**
   * Renews the lease.
   *
   * @return the store's clock, or empty when this incarnation is over (unknown or dead): it must
   *     detach everything
   */
  Optional<Instant> beat(WorkerId worker, Duration lease);

  /**
   * Renews the lease and, when told to, judges others in the same breath: declares dead whose lease
   * has run out, never the caller itself, and nobody when the caller's own lease was past its half
   * (a heartbeat that was held up says nothing about others). Also says whether its build is
   * drained, and which of its runs are held. What an idle node asks four times per lease; an
   * adapter answers it with one statement.
   *
   * @param judge whether the caller's heartbeats entitle it to judge
   * @return empty as for {@link #beat(WorkerId, Duration)}; then nobody was judged
   */
  Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge);

  /**
   * Ends an incarnation in order: its runs are unowned at once, and due when they were. A run that
   * is due later, or not at all, costs nobody anything until then.
   */
  void retire(WorkerId worker);

  /**
   * Declares workers dead whose lease has run out, never the caller itself. Returns those it
   * declared.
   */
  List<WorkerId> markDead(WorkerId by);

  /**
   * Those of these workers that live: they are registered, not declared dead, and their lease holds
   * by the store's clock. For people, who want to know whether anybody looks after a run; ownership
   * ends when its worker is declared dead, and not before.
   */
  Set<WorkerId> living(Set<WorkerId> workers);

  /**
   * Runs to look at: due, not ended or not yet settled, of the caller's work, and unowned, owned by
   * a dead worker, or by the caller itself. Soonest first, of equal ones the caller's own last. A
   * run that stands because of its code is not shown to the build that let it stand, unless
   * something was appended since; one that is pinned to a build is shown to that alone, and one
   * that is not pinned is not shown to a build that is drained ({@link Versions}), as long as the
   * run is open.
   *
   * @param ahead also those due within that time
   */
  List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit);

  /**
   * Runs that a worker tries once after it has registered, whatever its build and however long they
   * are to wait: they are of its work and not pinned to another build, stand since before, and no
   * living worker has them. None of those whose workers were lost: they might bring down every
   * worker as soon as it starts. In no promised order; whoever has taken what it was shown asks for
   * the rest.
   *
   * @return none for a worker that is over
   */
  List<RunId> standing(WorkerId worker, Work work, int limit);

  /**
   * Running runs of the caller's work that wait for a step which is neither over nor put off, and
   * over which nobody watches: they are not due now and do not stand, and no living worker owns
   * them. As long as its owner lives a run that waits for somebody else's step is its owner's
   * affair, however long that takes; this is how the owner is missed.
   */
  List<DueRun> unwatched(WorkerId worker, Work work, int limit);

  /**
   * Takes ownership of those runs that are unowned, dead-owned, or the caller's own, each with a
   * new epoch; skips those that are locked, ended and settled, unknown, not of the work, for other
   * builds ({@link #due}) or owned by a living worker. A run that is pinned to the build that takes
   * it first is pinned to the worker's from then on, and taken only if the worker has its code.
   * Taking a run over from a dead owner counts a lost attempt when its log has not grown since it
   * was claimed, and resets the count when it has.
   *
   * @param work what the worker may have, whoever told it of a run: what is of another task queue
   *     another worker can execute, and what was written with a newer protocol a newer one
   * @return the runs taken, in the order in which they were asked for
   */
  List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs);

  /**
   * Gives up ownership in that epoch and says when the run is due. Nothing happens if the epoch is
   * over.
   */
  void release(WorkerId worker, RunId run, long epoch, Due due);

  /**
   * Says when an owned run is due next, without an event. It is due now instead while an event by
   * others lies beyond {@code seen}, so that no wake-up is lost to an owner that has not heard of
   * it yet. Nothing happens if the epoch is over.
   *
   * @param seen the last position the run's code has been told of
   * @return whether the epoch still holds
   */
  boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due);

  /**
   * The same for several runs, each as by itself: what parks at the same moment is said at once. An
   * adapter answers it with one statement.
   *
   * @param runs each once
   * @return those whose epoch no longer holds
   */
  default Set<RunId> reschedule(WorkerId worker, List<Reschedule> runs) {
    return runs.stream()
        .filter(r -> !reschedule(worker, r.run(), r.epoch(), r.seen(), r.due()))
        .map(Reschedule::run)
        .collect(Collectors.toSet());
  }

  /**
   * Lets a run stand: unowned, visibly stalled with cause and reason, due again after the pause.
   * Where the code is the cause, it is due for workers of other builds than the caller's alone
   * ({@link #due}). {@code stalledAt} keeps the time of the first of several stalls in a row; an
   * accepted owner's batch ends the standing, an append by anybody else makes the run due now for
   * every build. Nothing happens if the epoch is over.
   *
   * @param seen the last position the run's code has been told of; with an event by others beyond
   *     it the run is due now, and so it is while it owes something to other runs
   */
  void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall);

  /**
   * Has a stalled run tried again at once: due now, for workers of every build, and with no lost
   * attempts counted any more. No fact: nothing is appended, and {@code stalledAt} and the reason
   * stay until an owner's batch is accepted. Nothing happens to a run that is unknown, has ended or
   * does not stand stalled.
   *
   * @return whether it stood stalled
   */
  boolean nudge(RunId run);

  /**
   * Keeps an open run from going on, until it is let go: nobody is shown it or may claim it, no
   * attempt of a queued step begins, and its owner is told with the next heartbeat ({@link
   * Pulse#held}) and leaves it as soon as what its bodies come to is recorded. Its waits keep their
   * times, and what others say to it is accepted. No fact; a run that is held already stays as it
   * was held. One that has ended is not held, and one that ends meanwhile is settled as any other.
   *
   * @param reason why, for people, or null
   * @param by who, for people, or null
   * @return who has to hear of it; empty for a run that is unknown or has ended
   */
  Optional<Tended> hold(RunId run, @Nullable String reason, @Nullable String by);

  /**
   * Lets a run go on that was kept from it: due now. Nothing happens to one that is not held.
   *
   * @return who has to hear of it; empty for a run that is unknown, has ended or is not held
   */
  Optional<Tended> letGo(RunId run);

  /**
   * Who is to hear of a run.
   *
   * @param owner the worker that owns it, or null
   * @param taskQueue where to send a wake-up when nobody does
   */
  record Tended(@Nullable WorkerId owner, String taskQueue) {}

  /**
   * A run that was taken.
   *
   * @param run as it is then, payloads included
   * @param log all of its events up to then, which the worker needs first of all, if there are no
   *     more than {@link #SHORT_LOG}; null where there are more, or the store would have to be
   *     asked again for them: then it is read by {@link RunLog#history}
   */
  record Claimed(RunRecord run, @Nullable List<Event> log) {

    /** Copies the log. */
    public Claimed {
      log = log == null ? null : List.copyOf(log);
    }
  }

  /** When a run is due next; see {@link #reschedule(WorkerId, RunId, long, long, Due)}. */
  record Reschedule(RunId run, long epoch, long seen, Due due) {}

  /**
   * An answered heartbeat.
   *
   * @param storeTime the store's clock
   * @param dead the workers that were declared dead by it
   * @param drained whether the worker's build takes only what is pinned to it
   * @param held open runs that the worker owns and that are kept from going on, 1 000 at most
   * @param prunes whether a round of deleting is due ({@link Retention#beginRound}); never where no
   *     retention is set
   * @param first whether no worker whose lease holds has a lower id; not known, and so false, where
   *     {@link Capability#CENSUS} is declined
   */
  record Pulse(
      Instant storeTime,
      List<WorkerId> dead,
      boolean drained,
      List<HeldRun> held,
      boolean prunes,
      boolean first) {
    public Pulse {
      dead = List.copyOf(dead);
      held = List.copyOf(held);
    }

    /** One by which no run is held, none is to be deleted, and the worker is not the first. */
    public Pulse(Instant storeTime, List<WorkerId> dead, boolean drained) {
      this(storeTime, dead, drained, List.of(), false, false);
    }
  }

  /** A run that its owner is to leave, and in which epoch it owns it. */
  record HeldRun(RunId run, long epoch) {}

  /**
   * A run to look at.
   *
   * @param in how long until it is due by the store's clock; zero or negative when it is
   * @param owner who owns it: the asking worker, a dead one, or nobody
   * @param lostAttempts as in {@link RunRecord}, without the one a takeover may add, and 0 when the
   *     log has grown since the run was claimed
   */
  record DueRun(
      RunId run, String workflow, Duration in, @Nullable WorkerId owner, int lostAttempts) {}
}
