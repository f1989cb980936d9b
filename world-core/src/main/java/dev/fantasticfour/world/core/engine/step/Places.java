package dev.fantasticfour.world.core.engine.step;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The places that bodies run in: who has one, who waits for one, in the order in which they came,
 * and who has lost its own because it ignores that it was told to end. Safe for any number of
 * threads; never blocks.
 */
final class Places {

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<BodyRun> waiting = new ArrayDeque<>();
  private final Set<BodyRun> running = new LinkedHashSet<>();
  private final Set<BodyRun> ignoring = new LinkedHashSet<>();
  private final int places;

  Places(int places) {
    this.places = places;
  }

  /** Returns whether there is a place for it, which it then has; else it waits for one. */
  boolean enter(BodyRun body) {
    lock.lock();
    try {
      if (body.isCancelled()) {
        return false;
      }
      boolean hasPlace = running.size() < places;
      return hasPlace ? running.add(body) : !waiting.add(body);
    } finally {
      lock.unlock();
    }
  }

  /** It has ended. Returns who has its place now, if anybody. */
  @Nullable BodyRun leave(BodyRun body) {
    lock.lock();
    try {
      return ignoring.remove(body) ? null : nextInPlaceOf(body);
    } finally {
      lock.unlock();
    }
  }

  /** What became of a body that does not end, once its place was taken from it. */
  record Evicted(@Nullable BodyRun next, int ignoring) {}

  /** Takes its place from a body that does not end; null when it has none. */
  @Nullable Evicted evict(BodyRun body) {
    lock.lock();
    try {
      if (!running.contains(body)) {
        return null;
      }
      BodyRun next = nextInPlaceOf(body);
      ignoring.add(body);
      return new Evicted(next, ignoring.size());
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private @Nullable BodyRun nextInPlaceOf(BodyRun body) {
    running.remove(body);
    BodyRun next = waiting.poll();
    while (next != null && next.isCancelled()) {
      next = waiting.poll();
    }
    if (next != null) {
      running.add(next);
    }
    return next;
  }

  /** Those that have a place. */
  List<BodyRun> running() {
    lock.lock();
    try {
      return List.copyOf(running);
    } finally {
      lock.unlock();
    }
  }

  /** How many have lost their place. */
  int ignoring() {
    lock.lock();
    try {
      return ignoring.size();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no body runs or waits. */
  boolean isIdle() {
    lock.lock();
    try {
      return running.isEmpty() && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether one of them, with or without a place, runs on the calling thread. */
  boolean isCurrent() {
    lock.lock();
    try {
      return running.stream().anyMatch(BodyRun::isCurrent)
          || ignoring.stream().anyMatch(BodyRun::isCurrent);
    } finally {
      lock.unlock();
    }
  }
}
