package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.virtual.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sees to it that no due run goes unattended for longer than a takeover may take: a lease, a
 * heartbeat and a sweep. After something that happened to all (the store was away) or to those who
 * judge (a node was stopped, started or cut off), a lease more: so long nobody may judge.
 */
final class Attendance {

  private static final Duration SWEEP = Duration.ofSeconds(1);

  /** What calls and hand-overs between threads take in this network. */
  private static final Duration CALLS = Duration.ofSeconds(5);

  private final Timeline timeline;
  private final MemoryStorage store;
  private final InstantSource clock;
  private final Referee referee;
  private final Supplier<List<SimulatedNode>> nodes;
  private final Duration lease;
  private final Map<RunId, Long> unattendedSince = new HashMap<>();
  private final Map<RunId, Long> asleepSince = new HashMap<>();
  private long disturbedAt;
  private Duration longest = Duration.ZERO;

  Attendance(Surroundings world, Duration lease, Supplier<List<SimulatedNode>> nodes) {
    this.timeline = world.timeline();
    this.store = world.store();
    this.clock = world.clock();
    this.referee = world.referee();
    this.lease = lease;
    this.nodes = nodes;
  }

  Duration longest() {
    return longest;
  }

  /** Looks at all runs. */
  void look(boolean disturbed) {
    long now = timeline.now();
    // Those that have died, or go in order, disturb nobody.
    List<SimulatedNode> living =
        nodes.get().stream().filter(node -> !node.isDead() && !node.isClosing()).toList();
    List<SimulatedNode> well = living.stream().filter(SimulatedNode::isWell).toList();
    for (SimulatedNode node : living) {
      disturbedAt = Math.max(disturbedAt, node.troubledAt());
    }
    if (disturbed || well.size() < living.size() || well.isEmpty()) {
      disturbedAt = now;
    }
    for (RunId id : referee.runs()) {
      RunRecord run = store.run(id).orElseThrow();
      boolean isDue = isDue(run);
      limit(
          unattendedSince,
          run,
          isDue && run.lostAttempts() == 0 && !isAttended(run, well),
          lease.multipliedBy(9).dividedBy(4).plus(SWEEP).plus(CALLS));
      limit(asleepSince, run, isDue && isAsleep(run, well), SWEEP.plus(CALLS));
    }
  }

  private void limit(Map<RunId, Long> since, RunRecord run, boolean isBad, Duration most) {
    if (!isBad) {
      since.remove(run.id());
      return;
    }
    long now = timeline.now();
    long begun = Math.max(disturbedAt, since.computeIfAbsent(run.id(), r -> now));
    Duration waited = Duration.ofNanos(now - begun);
    longest = longest.compareTo(waited) > 0 ? longest : waited;
    referee.require(
        waited.compareTo(most) <= 0, "nobody attends %s for %s; it is %s", run.id(), waited, run);
  }

  /**
   * Those of these runs that have been due since a worker left them in order, and that nobody has
   * taken, unless everybody had a good reason. What came later, a time or a message, is a matter of
   * its own.
   */
  List<RunId> leftBy(WorkerId worker, List<RunId> runs, long from) {
    List<SimulatedNode> well = nodes.get().stream().filter(SimulatedNode::isWell).toList();
    if (disturbedAt >= from || well.isEmpty()) {
      return List.of();
    }
    Instant left = clock.instant().minusNanos(timeline.now() - from);
    return runs.stream()
        .map(id -> store.run(id).orElseThrow())
        .filter(run -> !run.updatedAt().isAfter(left))
        .filter(run -> run.dueAt() != null && !run.dueAt().isAfter(left))
        .filter(run -> run.owner() == null || run.owner().equals(worker.value()))
        .filter(run -> run.lostAttempts() == 0 && isDue(run) && !isAttended(run, well))
        .map(RunRecord::id)
        .toList();
  }

  private boolean isDue(RunRecord run) {
    return !run.status().isFinal()
        && run.stalledAt() == null
        && run.dueAt() != null
        && !run.dueAt().isAfter(clock.instant());
  }

  /** Whether its owner lets it wait although it is due: somebody should have woken it. */
  private static boolean isAsleep(RunRecord run, List<SimulatedNode> well) {
    for (SimulatedNode node : well) {
      if (Cluster.owns(node, run)) {
        RunExecution execution = node.node().custodian().get(run.id());
        return execution != null && execution.presence().isParked();
      }
    }
    return false;
  }

  private static boolean isAttended(RunRecord run, List<SimulatedNode> well) {
    boolean anyRoom = false;
    for (SimulatedNode node : well) {
      Custodian custodian = node.node().custodian();
      anyRoom |= custodian.holdings().table().freePlaces() > 0;
      if (custodian.worker().value().equals(run.owner())) {
        return custodian.holdings().table().knows(run.id());
      }
    }
    return !anyRoom;
  }
}
