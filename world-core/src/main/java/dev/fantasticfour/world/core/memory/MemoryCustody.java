package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage.DueRun;
import dev.fantasticfour.world.core.port.Storage.Pulse;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.AsStored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Workers and ownership. Every method here runs under the store's lock. */
final class MemoryCustody {

  private final MemoryStore store;

  MemoryCustody(MemoryStore store) {
    this.store = store;
  }

  Instant register(WorkerId worker, String buildId, Duration lease) {
    MemoryStore.Worker known = store.workers.get(worker);
    if (known != null && known.dead()) {
      throw MemoryStore.invalid("worker " + worker + " is over; register under a new id");
    }
    Instant now = store.now();
    store.workers.put(worker, new MemoryStore.Worker(buildId, now.plus(lease), false));
    return now;
  }

  Optional<Instant> beat(WorkerId worker, Duration lease) {
    String build = store.buildOf(worker);
    return build == null ? Optional.empty() : Optional.of(register(worker, build, lease));
  }

  Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    MemoryStore.Worker before = store.workers.get(worker);
    return beat(worker, lease)
        .map(
            now -> {
              boolean heldUp =
                  before == null || before.leaseUntil().minus(lease.dividedBy(2)).isBefore(now);
              return new Pulse(now, judge && !heldUp ? markDead(worker) : List.of());
            });
  }

  void retire(WorkerId worker) {
    bury(worker);
    for (RunEntry run : store.runs.values()) {
      if (worker.equals(run.custody.owner)) {
        run.custody.owner = null;
      }
    }
  }

  List<WorkerId> markDead(WorkerId by) {
    if (!store.isAlive(by)) {
      return List.of();
    }
    Instant now = store.now();
    List<WorkerId> dead =
        store.workers.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(by) && !entry.getValue().dead())
            .filter(entry -> entry.getValue().leaseUntil().isBefore(now))
            .map(Map.Entry::getKey)
            .toList();
    dead.forEach(this::bury);
    return dead;
  }

  private void bury(WorkerId worker) {
    store.workers.computeIfPresent(
        worker, (id, known) -> new MemoryStore.Worker(known.build(), known.leaseUntil(), true));
  }

  List<DueRun> due(WorkerId worker, Set<String> workflows, Duration ahead, int limit) {
    String build = store.buildOf(worker);
    if (limit < 0) {
      throw MemoryStore.invalid("limit must not be negative, is " + limit);
    }
    if (build == null) {
      return List.of();
    }
    Instant now = store.now();
    Instant until = now.plus(ahead);
    return store.due.by(until).stream()
        .filter(run -> isFree(run.custody, worker))
        .filter(run -> !build.equals(run.custody.stalledBuild))
        .map(run -> dueRun(run, now))
        .filter(run -> workflows.contains(run.workflow()))
        .sorted(Comparator.comparing(DueRun::in).thenComparing(run -> worker.equals(run.owner())))
        .limit(limit)
        .toList();
  }

  private boolean isFree(Custody custody, WorkerId worker) {
    return worker.equals(custody.owner) || !store.isAlive(custody.owner);
  }

  private static DueRun dueRun(RunEntry run, Instant now) {
    Instant dueAt = run.custody.dueAt();
    // Now has no distance: it is before every time, but not infinitely urgent.
    Duration in =
        dueAt == null || dueAt.equals(Custody.NOW) ? Duration.ZERO : Duration.between(now, dueAt);
    boolean hasGrown = run.lastPosition() > run.custody.claimedPosition;
    return new DueRun(
        run.id, run.workflow(), in, run.custody.owner, hasGrown ? 0 : run.custody.lostAttempts);
  }

  List<RunRecord> claim(WorkerId worker, List<RunId> runs) {
    List<RunRecord> taken = new ArrayList<>();
    if (!store.isAlive(worker)) {
      return taken;
    }
    for (RunId id : runs) {
      RunEntry run = store.find(id);
      if (run != null && !isSettled(run) && isFree(run.custody, worker)) {
        boolean fromTheDead = run.custody.owner != null && !worker.equals(run.custody.owner);
        run.custody.claim(worker, run.lastPosition(), fromTheDead);
        taken.add(run.record(true));
      }
    }
    return taken;
  }

  private static boolean isSettled(RunEntry run) {
    return run.fold.status().isFinal() && run.custody.dueAt() == null;
  }

  void release(WorkerId worker, RunId id, long epoch, Due due) {
    Custody custody = held(worker, id, epoch);
    if (custody != null) {
      custody.owner = null;
      custody.due(due);
    }
  }

  boolean reschedule(WorkerId worker, RunId id, long epoch, long seen, Due due) {
    Custody custody = held(worker, id, epoch);
    if (custody == null) {
      return false;
    }
    custody.due(hasUnseen(id, seen) ? Due.NOW : due);
    return true;
  }

  void stall(WorkerId worker, RunId id, long epoch, long seen, String reason, Duration retryAfter) {
    Custody custody = held(worker, id, epoch);
    if (custody != null) {
      Instant now = store.now();
      custody.stall(now, AsStored.cut(now.plus(retryAfter)), reason, store.buildOf(worker));
      if (hasUnseen(id, seen)) {
        custody.due(Due.NOW);
        custody.stalledBuild = null;
      }
    }
  }

  boolean nudge(RunId id) {
    RunEntry run = store.find(id);
    if (run == null || run.custody.stalledAt == null || run.fold.status().isFinal()) {
      return false;
    }
    run.custody.due(Due.NOW);
    run.custody.stalledBuild = null;
    run.custody.lostAttempts = 0;
    return true;
  }

  private boolean hasUnseen(RunId id, long seen) {
    RunEntry run = store.find(id);
    return run != null && !run.byOthers(Math.min(seen, run.log.size()), Long.MAX_VALUE).isEmpty();
  }

  private @Nullable Custody held(WorkerId worker, RunId id, long epoch) {
    RunEntry run = store.find(id);
    return run != null && run.custody.isHeldBy(worker, epoch) ? run.custody : null;
  }
}
