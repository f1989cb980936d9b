package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.RunCustody.Pulse;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Custody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Workers and ownership. Every method here runs under the store's lock. */
final class MemoryCustody {

  private final MemoryStore store;

  MemoryCustody(MemoryStore store) {
    this.store = store;
  }

  Instant register(WorkerId worker, String buildId, Duration lease) {
    Instant now = store.now();
    Instant longAgo = now.minus(RunCustody.REMEMBERED_FOR);
    store.workers.values().removeIf(w -> w.dead() && w.leaseUntil().isBefore(longAgo));
    MemoryStore.Worker known = store.workers.get(worker);
    if (known != null && known.dead()) {
      throw MemoryStore.invalid("worker " + worker + " is over; register under a new id");
    }
    store.workers.put(worker, new MemoryStore.Worker(buildId, now, now.plus(lease), false));
    return now;
  }

  Optional<Instant> beat(WorkerId worker, Duration lease) {
    if (!store.isAlive(worker)) {
      return Optional.empty();
    }
    Instant now = store.now();
    store.workers.computeIfPresent(worker, (id, known) -> known.until(now.plus(lease)));
    return Optional.of(now);
  }

  Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    MemoryStore.Worker before = store.workers.get(worker);
    return beat(worker, lease)
        .map(
            now -> {
              boolean heldUp =
                  before == null || before.leaseUntil().minus(lease.dividedBy(2)).isBefore(now);
              boolean drained = before != null && store.drained.contains(before.build());
              return new Pulse(
                  now,
                  judge && !heldUp ? markDead(worker) : List.of(),
                  drained,
                  new MemoryHolds(store).of(worker),
                  store.retention.isDue(now),
                  new MemoryCensus(store).isFirst(worker, now));
            });
  }

  void retire(WorkerId worker) {
    bury(worker);
    for (RunEntry run : store.runs.values()) {
      if (worker.equals(run.custody().owner())) {
        run.custody(run.custody().unowned());
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

  Set<WorkerId> living(Set<WorkerId> workers) {
    Instant now = store.now();
    return workers.stream().filter(worker -> lives(worker, now)).collect(Collectors.toSet());
  }

  private boolean lives(WorkerId worker, Instant now) {
    MemoryStore.Worker known = store.workers.get(worker);
    return known != null && !known.dead() && !known.leaseUntil().isBefore(now);
  }

  private void bury(WorkerId worker) {
    store.workers.computeIfPresent(worker, (id, known) -> known.over());
  }

  List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
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
        .filter(run -> isFree(run.custody(), worker))
        .filter(run -> run.custody().isShownTo(build))
        .filter(run -> isFor(run, worker, build))
        .filter(run -> run.isAmong(work))
        .map(run -> dueRun(run, now))
        .sorted(Comparator.comparing(DueRun::in).thenComparing(run -> worker.equals(run.owner())))
        .limit(limit)
        .toList();
  }

  List<RunId> standing(WorkerId worker, Work work, int limit) {
    MemoryStore.Worker known = store.workers.get(worker);
    if (known == null || known.dead()) {
      return List.of();
    }
    return store.runs.values().stream()
        .filter(run -> run.custody().isToBeTriedBy(known.registeredAt()))
        .filter(run -> !run.fold.status().isFinal() && !store.isAlive(run.custody().owner()))
        .filter(run -> isFor(run, worker, known.build()))
        .filter(run -> run.isAmong(work))
        .limit(limit)
        .map(run -> run.id)
        .toList();
  }

  List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    if (limit < 0) {
      throw MemoryStore.invalid("limit must not be negative, is " + limit);
    }
    String build = store.buildOf(worker);
    if (build == null) {
      return List.of();
    }
    Instant now = store.now();
    return store.runs.values().stream()
        .filter(run -> run.fold.status() == RunStatus.RUNNING)
        .filter(run -> run.isAmong(work))
        .filter(run -> isFor(run, worker, build))
        .filter(run -> !store.isAlive(run.custody().owner()))
        .filter(run -> !Custody.NOW.equals(run.custody().dueAt()))
        .filter(run -> run.custody().standing() == null)
        .filter(run -> run.fold.steps().values().stream().anyMatch(step -> isWanted(step, now)))
        .map(
            run ->
                new DueRun(
                    run.id,
                    run.workflow(),
                    Duration.ZERO,
                    run.custody().owner(),
                    run.custody().lostAttempts(run.lastPosition())))
        .limit(limit)
        .toList();
  }

  private static boolean isWanted(StepRecord step, Instant now) {
    return !step.status().isFinal()
        && (step.retryAfter() == null || !step.retryAfter().isAfter(now));
  }

  private boolean isFree(Custody custody, WorkerId worker) {
    return worker.equals(custody.owner()) || !store.isAlive(custody.owner());
  }

  private boolean isFor(RunEntry run, WorkerId worker, String build) {
    return run.custody().isFor(worker, build, store.drained.contains(build), run.fold.status());
  }

  private static DueRun dueRun(RunEntry run, Instant now) {
    Custody custody = run.custody();
    return new DueRun(
        run.id,
        run.workflow(),
        custody.dueIn(now),
        custody.owner(),
        custody.lostAttempts(run.lastPosition()));
  }

  List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    List<Claimed> taken = new ArrayList<>();
    String build = store.buildOf(worker);
    if (build == null) {
      return taken;
    }
    for (RunId id : runs) {
      RunEntry run = store.find(id);
      if (run != null
          && run.isAmong(work)
          && !isSettled(run)
          && isFree(run.custody(), worker)
          && isFor(run, worker, build)
          && mayPin(run, work)) {
        run.custody(run.custody().claimed(worker, build, run.lastPosition()));
        taken.add(new Claimed(run.record(true), run.shortLog()));
      }
    }
    return taken;
  }

  /** Whoever has no code for a run must not tie it to its build. */
  private static boolean mayPin(RunEntry run, Work work) {
    return !(run.custody().pin() instanceof Pin.First)
        || run.fold.status().isFinal()
        || work.has(run.workflow());
  }

  private static boolean isSettled(RunEntry run) {
    return run.fold.status().isFinal() && run.custody().dueAt() == null;
  }

  void release(WorkerId worker, RunId id, long epoch, Due due) {
    RunEntry run = held(worker, id, epoch);
    if (run != null) {
      run.custody(run.custody().unowned().due(store.relays.owes(id) ? Due.NOW : due));
    }
  }

  boolean reschedule(WorkerId worker, RunId id, long epoch, long seen, Due due) {
    RunEntry run = held(worker, id, epoch);
    if (run == null) {
      return false;
    }
    run.custody(run.custody().due(hasUnseen(run, seen) || store.relays.owes(id) ? Due.NOW : due));
    return true;
  }

  void stall(WorkerId worker, RunId id, long epoch, long seen, Stall stall) {
    RunEntry run = held(worker, id, epoch);
    if (run != null) {
      String build = store.buildOf(worker);
      boolean isDue = hasUnseen(run, seen) || store.relays.owes(id);
      run.custody(run.custody().stalled(store.now(), stall, build, isDue));
    }
  }

  boolean nudge(RunId id) {
    RunEntry run = store.find(id);
    if (run == null || run.custody().standing() == null || run.fold.status().isFinal()) {
      return false;
    }
    run.custody(run.custody().retried());
    return true;
  }

  private static boolean hasUnseen(RunEntry run, long seen) {
    return !run.byOthers(Math.min(seen, run.log.size()), Long.MAX_VALUE).isEmpty();
  }

  private @Nullable RunEntry held(WorkerId worker, RunId id, long epoch) {
    RunEntry run = store.find(id);
    return run != null && run.custody().isHeldBy(worker, epoch) ? run : null;
  }
}
