package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import java.time.Duration;
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
    List<SimulatedNode> well = nodes.get().stream().filter(SimulatedNode::isWell).toList();
    boolean allWell = well.size() == nodes.get().size() && !well.isEmpty();
    for (SimulatedNode node : nodes.get()) {
      disturbedAt = Math.max(disturbedAt, node.troubledAt());
    }
    if (disturbed || !allWell) {
      disturbedAt = now;
    }
    for (RunId id : referee.runs()) {
      RunRecord run = store.run(id).orElseThrow();
      if (isDue(run) && run.lostAttempts() == 0 && !isAttended(run, well)) {
        long since = Math.max(disturbedAt, unattendedSince.computeIfAbsent(id, r -> now));
        Duration waited = Duration.ofNanos(now - since);
        longest = longest.compareTo(waited) > 0 ? longest : waited;
        Duration most = lease.multipliedBy(9).dividedBy(4).plus(SWEEP).plus(CALLS);
        referee.require(
            waited.compareTo(most) <= 0, "nobody attends %s for %s; it is %s", id, waited, run);
      } else {
        unattendedSince.remove(id);
      }
    }
  }

  /**
   * Those of these runs that are due and that nobody attends, unless somebody had a good reason.
   */
  List<RunId> unattended(List<RunId> runs, long from) {
    List<SimulatedNode> well = nodes.get().stream().filter(SimulatedNode::isWell).toList();
    if (disturbedAt >= from || well.isEmpty()) {
      return List.of();
    }
    return runs.stream()
        .filter(id -> isDue(store.run(id).orElseThrow()))
        .filter(id -> !isAttended(store.run(id).orElseThrow(), well))
        .toList();
  }

  private boolean isDue(RunRecord run) {
    return !run.status().isFinal()
        && run.stalledAt() == null
        && run.dueAt() != null
        && !run.dueAt().isAfter(clock.instant());
  }

  private static boolean isAttended(RunRecord run, List<SimulatedNode> well) {
    boolean anyRoom = false;
    for (SimulatedNode node : well) {
      Incarnation incarnation = node.node().incarnation();
      anyRoom |= incarnation.table().freePlaces() > 0;
      if (incarnation.worker().value().equals(run.owner())) {
        return incarnation.table().knows(run.id());
      }
    }
    return !anyRoom;
  }
}
