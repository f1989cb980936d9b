package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who waits for the end of which run. Safe for any number of threads. */
final class Waiters {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RunId, Set<CompletableFuture<RunEnd>>> waiting = new HashMap<>();
  private @Nullable WorldException closed;

  /** One more who waits; gone again as soon as the future is done in any way. */
  CompletableFuture<RunEnd> add(RunId run) {
    CompletableFuture<RunEnd> waiter = new CompletableFuture<>();
    WorldException failure = enter(run, waiter);
    if (failure != null) {
      waiter.completeExceptionally(failure);
    } else {
      waiter.whenComplete((record, thrown) -> leave(run, waiter));
    }
    return waiter;
  }

  boolean isAwaited(RunId run) {
    lock.lock();
    try {
      return waiting.containsKey(run);
    } finally {
      lock.unlock();
    }
  }

  /** All runs somebody waits for. */
  Set<RunId> runs() {
    lock.lock();
    try {
      return Set.copyOf(waiting.keySet());
    } finally {
      lock.unlock();
    }
  }

  void complete(RunEnd ended) {
    taken(ended.run()).forEach(waiter -> waiter.complete(ended));
  }

  void fail(RunId run, WorldException failure) {
    taken(run).forEach(waiter -> waiter.completeExceptionally(failure));
  }

  /** Fails all there are, and all to come. */
  void close(WorldException failure) {
    lock.lock();
    try {
      closed = failure;
    } finally {
      lock.unlock();
    }
    runs().forEach(run -> fail(run, failure));
  }

  private @Nullable WorldException enter(RunId run, CompletableFuture<RunEnd> waiter) {
    lock.lock();
    try {
      if (closed == null) {
        waiting.computeIfAbsent(run, id -> new HashSet<>()).add(waiter);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void leave(RunId run, CompletableFuture<RunEnd> waiter) {
    lock.lock();
    try {
      waiting.computeIfPresent(
          run,
          (id, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
          });
    } finally {
      lock.unlock();
    }
  }

  /** Completed outside the lock: dependents may come back here. */
  private List<CompletableFuture<RunEnd>> taken(RunId run) {
    lock.lock();
    try {
      Set<CompletableFuture<RunEnd>> all = waiting.remove(run);
      return all == null ? List.of() : List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }
}
