package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Retention;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import dev.fantasticfour.world.core.virtual.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The store as one node sees it: calls take time, and while the store is away or the node is cut
 * off they fail, before they were executed or after.
 */
final class UnreliableStorage extends ForwardingStorage {

  private final Timeline timeline;
  private final Weather weather;
  private final Referee referee;
  private final SimulatedNode node;
  private final Map<String, Integer> statements = new TreeMap<>();

  UnreliableStorage(
      Storage store, Timeline timeline, Weather weather, Referee referee, SimulatedNode node) {
    super(store);
    this.timeline = timeline;
    this.weather = weather;
    this.referee = referee;
    this.node = node;
  }

  private final Set<String> broken = new HashSet<>();

  /** How many statements of each kind were sent. */
  Map<String, Integer> statements() {
    return statements;
  }

  @Override
  public Retention keeper() {
    statements.merge("retention", 1, Integer::sum);
    return super.keeper();
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return call(
        "append",
        () -> {
          List<AppendResult> results = super.append(batches);
          referee.appended(batches, results);
          return results;
        });
  }

  @Override
  public Instant register(WorkerId worker, String buildId, Duration lease) {
    long sentAt = timeline.now();
    Instant time = call("register", () -> super.register(worker, buildId, lease));
    referee.beaten(node, worker, sentAt);
    return time;
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    long sentAt = timeline.now();
    Optional<Pulse> pulse =
        call(
            "beat",
            () -> {
              Optional<Pulse> answer = super.beat(worker, lease, judge);
              answer.ifPresent(p -> p.dead().forEach(referee::declaredDead));
              return answer;
            });
    pulse.ifPresent(p -> referee.beaten(node, worker, sentAt));
    return pulse;
  }

  @Override
  public void retire(WorkerId worker) {
    call(
        "retire",
        () -> {
          super.retire(worker);
          referee.ended(worker);
          return true;
        });
  }

  @Override
  public List<WorkerId> markDead(WorkerId by) {
    throw new AssertionError("judging is part of the heartbeat");
  }

  @Override
  public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    return call("due", () -> super.due(worker, work, ahead, limit));
  }

  @Override
  public List<RunId> standing(WorkerId worker, Work work, int limit) {
    return call("standing", () -> super.standing(worker, work, limit));
  }

  @Override
  public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    return call("unwatched", () -> super.unwatched(worker, work, limit));
  }

  @Override
  public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    return call(
        "claim",
        () -> {
          Map<RunId, RunRecord> before = referee.before(runs);
          List<Claimed> claimed = super.claim(worker, work, runs);
          claimed.stream()
              .map(Claimed::run)
              .forEach(run -> referee.claimed(worker, before.get(run.id()), run));
          return claimed;
        });
  }

  @Override
  public void release(WorkerId worker, RunId run, long epoch, Due due) {
    call(
        "release",
        () -> {
          super.release(worker, run, epoch, due);
          return true;
        });
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    throw new AssertionError("runs that park are rescheduled together");
  }

  @Override
  public Set<RunId> reschedule(WorkerId worker, List<Reschedule> runs) {
    return call("reschedule", () -> super.reschedule(worker, runs));
  }

  @Override
  public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    call(
        "stall",
        () -> {
          super.stall(worker, run, epoch, seen, stall);
          referee.stalled(worker, run, stall);
          return true;
        });
  }

  @Override
  public List<Holding> heartbeat(List<Heartbeat> heartbeats) {
    return call("heartbeat", () -> super.heartbeat(heartbeats));
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return call("history", () -> super.history(run, after, limit));
  }

  @Override
  public Optional<Event> newest(RunId run, EventType type) {
    return call("newest", () -> super.newest(run, type));
  }

  /** From now on the store fails at statements of that kind. */
  void breakAt(String statement) {
    broken.add(statement);
  }

  private <T> T call(String what, Supplier<T> statement) {
    statements.merge(what, 1, Integer::sum);
    if (broken.contains(what)) {
      throw new WorldException(ErrorCode.UNAVAILABLE, what + " is not answered");
    }
    weather.travel();
    requireThere(what + " was not executed");
    T answer = statement.get();
    weather.travel();
    requireThere("the answer to " + what + " was lost");
    return answer;
  }

  private void requireThere(String message) {
    if (weather.doesStoreRefuse()) {
      node.inTrouble();
      throw new WorldException(ErrorCode.INVALID_CONFIGURATION, "permission denied");
    }
    boolean byItself = weather.failsByItself();
    if (byItself) {
      node.inTrouble();
    }
    if (byItself || weather.isStoreAway() || node.isCutOff()) {
      weather.waitInVain();
      throw new WorldException(ErrorCode.UNAVAILABLE, message);
    }
  }
}
