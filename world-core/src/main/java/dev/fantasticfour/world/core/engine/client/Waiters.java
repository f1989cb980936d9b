package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.WorldException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what becomes of what. Safe for any number of threads.
 *
 * @param <K> what something becomes of: a run, an update
 * @param <V> what has become of it
 */
final class Waiters<K, V> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Set<CompletableFuture<V>>> waiting = new HashMap<>();
  private @Nullable WorldException closed;

  /** One more who waits; gone again as soon as the future is done in any way. */
  CompletableFuture<V> add(K key) {
    CompletableFuture<V> waiter = new CompletableFuture<>();
    WorldException failure = enter(key, waiter);
    if (failure != null) {
      waiter.completeExceptionally(failure);
    } else {
      waiter.whenComplete((record, thrown) -> leave(key, waiter));
    }
    return waiter;
  }

  boolean isAwaited(K key) {
    lock.lock();
    try {
      return waiting.containsKey(key);
    } finally {
      lock.unlock();
    }
  }

  /** All that somebody waits for. */
  Set<K> keys() {
    lock.lock();
    try {
      return Set.copyOf(waiting.keySet());
    } finally {
      lock.unlock();
    }
  }

  void complete(K key, V value) {
    taken(key).forEach(waiter -> waiter.complete(value));
  }

  void fail(K key, WorldException failure) {
    taken(key).forEach(waiter -> waiter.completeExceptionally(failure));
  }

  /** Fails all there are, and all to come. */
  void close(WorldException failure) {
    lock.lock();
    try {
      closed = failure;
    } finally {
      lock.unlock();
    }
    keys().forEach(key -> fail(key, failure));
  }

  private @Nullable WorldException enter(K key, CompletableFuture<V> waiter) {
    lock.lock();
    try {
      if (closed == null) {
        waiting.computeIfAbsent(key, id -> new HashSet<>()).add(waiter);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void leave(K key, CompletableFuture<V> waiter) {
    lock.lock();
    try {
      waiting.computeIfPresent(
          key,
          (id, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
          });
    } finally {
      lock.unlock();
    }
  }

  /** Completed outside the lock: dependents may come back here. */
  private List<CompletableFuture<V>> taken(K key) {
    lock.lock();
    try {
      Set<CompletableFuture<V>> all = waiting.remove(key);
      return all == null ? List.of() : List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }
}
