package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.LogGrammar;
import dev.fantasticfour.world.core.rules.RunFold;
import dev.fantasticfour.world.core.virtual.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches every step of a simulation and ends it when the protocol of ownership is broken. Knows
 * what no node knows: when exactly everything happened.
 */
final class Referee {

  private static final Duration MARGIN = Duration.ofSeconds(2);

  private record Worker(SimulatedNode node, String build) {}

  private record Start(RunId run, String step, int attempt, long epoch) {}

  private record Standing(String build, Instant until, long position) {}

  private final Timeline timeline;
  private final MemoryStorage store;
  private final InstantSource clock;
  private final Map<WorkerId, Worker> workers = new HashMap<>();
  private final Map<WorkerId, Long> confirmed = new HashMap<>();
  private final Set<WorkerId> over = new HashSet<>();
  private final Set<WorkerId> retired = new HashSet<>();
  private final Set<Start> starts = new HashSet<>();
  private final Map<RunId, Integer> claims = new HashMap<>();
  private final Map<RunId, Integer> changes = new HashMap<>();
  private final Map<RunId, Standing> standing = new HashMap<>();
  private final List<RunId> runs = new ArrayList<>();
  private Duration lease = Duration.ofSeconds(10);
  private int declared;
  private int bodies;
  private int losses;

  Referee(Timeline timeline, MemoryStorage store, InstantSource clock) {
    this.timeline = timeline;
    this.store = store;
    this.clock = clock;
  }

  void lease(Duration time) {
    lease = time;
  }

  /** A run that was accepted: from now on it must end. */
  void accepted(RunId run) {
    runs.add(run);
  }

  List<RunId> runs() {
    return runs;
  }

  int bodies() {
    return bodies;
  }

  int declared() {
    return declared;
  }

  int losses() {
    return losses;
  }

  int changesOfOwner(RunId run) {
    return changes.getOrDefault(run, 0);
  }

  int claims(RunId run) {
    return claims.getOrDefault(run, 0);
  }

  /** A heartbeat of a worker was answered. */
  void beaten(SimulatedNode node, WorkerId worker, long sentAt) {
    workers.put(worker, new Worker(node, Build.idOf(node.ports().config())));
    confirmed.put(worker, sentAt);
  }

  /** A worker has ended in order. */
  void ended(WorkerId worker) {
    over.add(worker);
    retired.add(worker);
  }

  /** Whether a worker could say that it goes. */
  boolean hasEndedInOrder(WorkerId worker) {
    return retired.contains(worker);
  }

  /** A worker was declared dead: never because nobody could beat. */
  void declaredDead(WorkerId worker) {
    over.add(worker);
    declared++;
    Worker known = workers.get(worker);
    if (known == null || known.node().isDead()) {
      return;
    }
    boolean innocent =
        known.node().isWell() && known.node().troubledAt() < confirmed.getOrDefault(worker, 0L);
    require(!innocent, "%s was declared dead although it never stopped beating", name(worker));
  }

  Map<RunId, RunRecord> before(List<RunId> wanted) {
    Map<RunId, RunRecord> records = new HashMap<>();
    wanted.forEach(run -> store.run(run).ifPresent(record -> records.put(run, record)));
    return records;
  }

  /** A worker took a run over. */
  void claimed(WorkerId worker, RunRecord before, RunRecord after) {
    claims.merge(after.id(), 1, Integer::sum);
    if (before.owner() == null || before.owner().equals(worker.value())) {
      return;
    }
    changes.merge(after.id(), 1, Integer::sum);
    losses = Math.max(losses, after.lostAttempts());
    WorkerId last = new WorkerId(before.owner());
    long silent = timeline.now() - confirmed.getOrDefault(last, Long.MIN_VALUE / 2);
    require(
        retired.contains(last)
            || over.contains(last) && (silent >= lease.toNanos() || !workers.containsKey(last)),
        "%s took run %s from %s, which had a lease",
        name(worker),
        after.id(),
        name(last));
  }

  /** Batches were answered: an owner's only while it is the owner. */
  void appended(List<Batch> batches, List<AppendResult> results) {
    for (int i = 0; i < batches.size(); i++) {
      if (results.get(i) instanceof AppendResult.Appended appended
          && batches.get(i).authority() instanceof Authority.Owner owner) {
        RunRecord run = store.run(appended.run()).orElseThrow();
        boolean settled = run.status().isFinal() && run.dueAt() == null;
        require(
            (settled || owner.worker().value().equals(run.owner())) && owner.epoch() == run.epoch(),
            "a batch of %s for run %s was accepted, which %s owns",
            name(owner.worker()),
            run.id(),
            run.owner());
      }
    }
  }

  /** A run was left standing. */
  void stalled(WorkerId worker, RunId run, Stall stall) {
    RunRecord record = store.run(run).orElseThrow();
    if (stall.cause() == StallCause.CODE
        && record.owner() == null
        && stall.reason().equals(record.stalledReason())) {
      standing.put(
          run,
          new Standing(
              workers.get(worker).build(),
              clock.instant().plus(stall.retryAfter()),
              record.lastPosition()));
    }
  }

  /** Somebody has a standing run tried again. */
  void retried(RunId run) {
    standing.remove(run);
  }

  /**
   * A body starts: on the node that owns the run, while its lease is good, and once per attempt.
   */
  void bodyStarts(SimulatedNode node, RunId run, String step, int attempt) {
    bodies++;
    Custodian custodian = node.node().custodian();
    WorkerId worker = custodian.worker();
    long silent = timeline.now() - confirmed.get(worker);
    // The clocks of machines are up to one per cent wrong.
    require(
        silent <= lease.minus(MARGIN).toNanos() * 1.011,
        "a body of %s starts on %s, whose last heartbeat was sent %s ago",
        run,
        name(worker),
        Duration.ofNanos(silent));
    RunRecord record = store.run(run).orElseThrow();
    require(
        worker.value().equals(record.owner()),
        "a body of %s starts on %s, while %s owns it",
        run,
        name(worker),
        record.owner());
    require(
        starts.add(new Start(run, step, attempt, record.epoch())),
        "attempt %d of step %s of run %s starts twice in epoch %d on %s",
        attempt,
        step,
        run,
        record.epoch(),
        name(worker));
    Standing before = standing.remove(run);
    if (before != null && record.lastPosition() == before.position()) {
      require(
          !before.build().equals(workers.get(worker).build()),
          "build %s retakes run %s, which stands because of it",
          before.build(),
          run);
    }
  }

  /** A node has closed: what it owned is free. */
  void closed(SimulatedNode node) {
    Custodian last = node.node().custodian();
    if (last == null || !retired.contains(last.worker())) {
      return;
    }
    for (RunId run : runs) {
      RunRecord record = store.run(run).orElseThrow();
      // A client may give a run to a worker that has ended a moment ago; others take it then.
      boolean bornHere = record.epoch() == 1 && record.lastPosition() == 2;
      require(
          bornHere || !last.worker().value().equals(record.owner()),
          "%s closed and still owns %s",
          node.name(),
          run);
    }
  }

  /** At the end: every accepted run has ended, and every log is as the rules allow. */
  void judgeLogs() {
    for (RunId id : runs) {
      RunRecord run = store.run(id).orElseThrow();
      List<Event> log = store.history(id, 0, 10_000);
      require(LogGrammar.faults(log).isEmpty(), "%s: %s", id, LogGrammar.faults(log));
      require(
          RunFold.of(log).run().orElseThrow().equals(RunFold.factsOf(run)),
          "%s is not the fold of its log",
          id);
    }
  }

  void require(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw failed(message.formatted(arguments));
    }
  }

  private AssertionError failed(String message) {
    AssertionError failure =
        new AssertionError("at " + Duration.ofNanos(timeline.now()) + ": " + message);
    timeline.fail(failure);
    return failure;
  }

  private String name(WorkerId worker) {
    Worker known = workers.get(worker);
    return known == null ? worker.value() : known.node().name() + "/" + worker.value();
  }
}
