package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Census;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Custody;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts what a store holds. Every method here runs under the store's lock. */
final class MemoryCensus {

  private static final Duration DAY = Duration.ofDays(1);

  private final MemoryStore store;

  MemoryCensus(MemoryStore store) {
    this.store = store;
  }

  Census.Counts census() {
    Instant now = store.now();
    List<RunEntry> overdue = open().filter(run -> isOverdue(run, now)).toList();
    return new Census.Counts(
        count(open()),
        count(open().filter(run -> run.custody().standing() != null)),
        failedSince(now.minus(DAY)),
        count(overdue.stream()),
        overdue.stream()
            .map(run -> Duration.between(since(run), now))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO),
        store.workers.values().stream().filter(worker -> lives(worker, now)).count(),
        Map.of());
  }

  private Stream<RunEntry> open() {
    return store.runs.values().stream().filter(run -> !run.fold.status().isFinal());
  }

  private static long count(Stream<RunEntry> runs) {
    return runs.limit(Census.MOST + 1L).count();
  }

  private long failedSince(Instant time) {
    Predicate<RunRecord> failed =
        run -> {
          Instant end = run.completedAt();
          return run.status() == RunStatus.FAILED && end != null && end.isAfter(time);
        };
    return store.runs.values().stream()
        .filter(run -> isUnsuccessful(run.fold.status()))
        .sorted(Comparator.comparingLong((RunEntry run) -> run.sequence).reversed())
        .limit(Census.MOST + 1L)
        .map(run -> run.record(false))
        .filter(failed)
        .count();
  }

  private static boolean isUnsuccessful(RunStatus status) {
    return status == RunStatus.FAILED || status == RunStatus.CANCELLED;
  }

  private boolean isOverdue(RunEntry run, Instant now) {
    Custody custody = run.custody();
    Instant due = custody.dueAt();
    return due != null
        && !due.isAfter(now)
        && custody.standing() == null
        && custody.hold() == null
        && !store.isAlive(custody.owner());
  }

  /** Since when nobody looks after it: it was due, something happened to it, or its owner died. */
  private Instant since(RunEntry run) {
    Custody custody = run.custody();
    Instant due = custody.dueAt();
    Instant changed = run.log.getLast().createdAt();
    Instant since = due == null || due.isBefore(changed) ? changed : due;
    Instant left = leaseOf(custody.owner());
    return left != null && left.isAfter(since) ? left : since;
  }

  private @Nullable Instant leaseOf(@Nullable WorkerId worker) {
    MemoryStore.Worker known = worker == null ? null : store.workers.get(worker);
    return known == null ? null : known.leaseUntil();
  }

  static boolean lives(MemoryStore.Worker worker, Instant now) {
    return !worker.dead() && !worker.leaseUntil().isBefore(now);
  }

  /** Whether none of the workers that live has a lower id. */
  boolean isFirst(WorkerId worker, Instant now) {
    return store.workers.entrySet().stream()
        .filter(other -> lives(other.getValue(), now))
        .noneMatch(other -> other.getKey().value().compareTo(worker.value()) < 0);
  }
}
