package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The truth: the log of every run, the views folded from it, who looks after which run, and the
 * streams as they are kept for good.
 *
 * <p><b>Guarantees.</b> {@link #append} is the only write of facts. Each batch is all or nothing,
 * views included; a refused one leaves no trace. Positions of a run are dense and given at commit:
 * nothing ever appears before an event that a reader has already seen (ORD-1, ORD-2). What was
 * accepted is read back at once through every instance (ORD-6), byte for byte. Ownership, leases
 * and due times are no facts and are never folded.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes. Every guard holds inside the atomic
 * unit: of two batches that exclude each other exactly one is accepted. Only the store's clock
 * decides leases and due times.
 *
 * <p><b>Failure.</b> {@link dev.fantasticfour.world.api.error.WorldException} with {@code
 * UNAVAILABLE} when the store cannot answer: an append may or may not have been accepted, and
 * repeating it with the same batch ids is safe. {@code INVALID_ARGUMENT} for values no store would
 * take; then nothing of the call was done.
 */
public interface Storage extends StreamArchive, AutoCloseable {

  /**
   * Appends batches, each atomic by itself, in no promised order between different runs; those of
   * one run in list order. One batch waits for a locked run up to a bounded time; of several, those
   * whose run is locked by somebody else answer {@link AppendResult.Busy}.
   *
   * @return one result per batch, in the order given
   */
  List<AppendResult> append(List<Batch> batches);

  // Workers
  // --------------------------------------------------------------------------------------------------------

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
   * (a heartbeat that was held up says nothing about others). What an idle node asks four times per
   * lease; an adapter answers it with one statement.
   *
   * @param judge whether the caller's heartbeats entitle it to judge
   * @return empty as for {@link #beat(WorkerId, Duration)}; then nobody was judged
   */
  default Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return beat(worker, lease).map(time -> new Pulse(time, judge ? markDead(worker) : List.of()));
  }

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

  // Ownership
  // ------------------------------------------------------------------------------------------------------

  /**
   * Runs to look at: due, not ended or not yet settled, of the caller's work, and unowned, owned by
   * a dead worker, or by the caller itself. Soonest first, of equal ones the caller's own last. A
   * run that stands because of its code is not shown to the build that let it stand, unless
   * something was appended since.
   *
   * @param ahead also those due within that time
   */
  List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit);

  /**
   * Runs that a worker tries once after it has registered, whatever its build and however long they
   * are to wait: they are of its work, stand since before, and no living worker has them. None of
   * those whose workers were lost: they might bring down every worker as soon as it starts. In no
   * promised order; whoever has taken what it was shown asks for the rest.
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
   * new epoch; skips those that are locked, ended and settled, unknown, of another task queue or
   * owned by a living worker. Taking a run over from a dead owner counts a lost attempt when its
   * log has not grown since it was claimed, and resets the count when it has.
   *
   * @param taskQueue the one of the worker's application: what is of another application another
   *     worker can execute, and none of this one
   * @return the runs taken, payloads included
   */
  List<RunRecord> claim(WorkerId worker, String taskQueue, List<RunId> runs);

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
   *     it the run is due now
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
  boolean retry(RunId run);

  // Reads
  // ----------------------------------------------------------------------------------------------------------

  /** The run, payloads included. */
  Optional<RunRecord> run(RunId run);

  /** The run that has that key under that workflow. */
  Optional<RunRecord> runByKey(String workflow, String runKey);

  /**
   * Those of these runs that have ended, payloads included: one read for everybody who waits for
   * results.
   */
  List<RunRecord> ended(Set<RunId> runs);

  /** Runs by creation, without payloads. */
  Page<RunRecord> runs(RunFilter filter, PageRequest page);

  /** How many runs each workflow has in each status word, for operators. */
  Map<String, Map<String, Long>> runCounts();

  /** The step, payloads included. */
  Optional<StepRecord> step(RunId run, String stepId);

  /** Steps of a run by creation, payloads included. */
  Page<StepRecord> steps(RunId run, PageRequest page);

  /** The event of that id, if it belongs to that run. */
  Optional<Event> event(RunId run, String eventId);

  /** Events of a run by position. */
  Page<Event> events(RunId run, PageRequest page);

  /**
   * The log after a position, in order, at most {@code limit} events (up to 10 000): what replay
   * reads.
   */
  List<Event> history(RunId run, long after, int limit);

  /**
   * The beginnings of several logs, each as {@link #history} reads it after position 0: what a
   * worker needs that takes many runs over at once. An adapter answers it with one statement.
   *
   * @param runs each once
   * @param limit most events of each run
   * @return the events of every run that there is; it may be left out when it has none
   */
  default Map<RunId, List<Event>> histories(List<RunId> runs, int limit) {
    return runs.stream()
        .collect(Collectors.toMap(run -> run, run -> history(run, 0, limit), (one, same) -> one));
  }

  /**
   * The newest event of a type in the log of a run. An adapter answers it with one statement.
   *
   * @return empty when there is none, or no such run
   */
  default Optional<Event> newest(RunId run, EventType type) {
    Optional<Event> found = Optional.empty();
    List<Event> page = history(run, 0, 10_000);
    while (!page.isEmpty()) {
      for (Event event : page) {
        found = event.type() == type ? Optional.of(event) : found;
      }
      page = history(run, page.getLast().position(), 10_000);
    }
    return found;
  }

  /** Events about one step, hook or wait, of one run or (null) of all, by creation. */
  Page<Event> eventsByCorrelation(String correlationId, @Nullable RunId run, PageRequest page);

  /** The live hook of that id. */
  Optional<HookRecord> hook(RunId run, String hookId);

  /** The live hook that has that token. */
  Optional<HookRecord> hookByToken(String token);

  /** Live hooks by creation, of one run or (null) of all. */
  Page<HookRecord> hooks(@Nullable RunId run, PageRequest page);

  /** Waits of a run that has not ended, by creation. */
  List<WaitRecord> waits(RunId run);

  /** Name and version of the server, for people. */
  String version();

  /** What this adapter does not do; empty for a complete one. */
  Set<Capability> declined();

  /** Frees what this instance opened itself. Idempotent. */
  @Override
  void close();

  /** When a run is due next; see {@link #reschedule(WorkerId, RunId, long, long, Due)}. */
  record Reschedule(RunId run, long epoch, long seen, Due due) {}

  /**
   * An answered heartbeat.
   *
   * @param storeTime the store's clock
   * @param dead the workers that were declared dead by it
   */
  record Pulse(Instant storeTime, List<WorkerId> dead) {
    public Pulse {
      dead = List.copyOf(dead);
    }
  }

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
