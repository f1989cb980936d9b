package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.core.port.Queue.Stats;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All messages of one queue name. Guarded by the store's lock. */
final class QueueBox {

  private static final Comparator<QueuedMessage> BY_TIME =
      Comparator.<QueuedMessage, Instant>comparing(m -> m.readyAt).thenComparing(m -> m.sequence);

  private static final Comparator<QueuedMessage> BY_PRIORITY =
      Comparator.<QueuedMessage, Integer>comparing(m -> -m.message.priority())
          .thenComparing(BY_TIME);

  private final TreeSet<QueuedMessage> ready = new TreeSet<>(BY_PRIORITY);
  private final TreeSet<QueuedMessage> delayed = new TreeSet<>(BY_TIME);
  private final Map<String, QueuedMessage> inFlight = new LinkedHashMap<>();
  private final Map<String, QueuedMessage> dead = new LinkedHashMap<>();
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, QueuedMessage> known = new HashMap<>();
  private final Duration firstPause;
  private final Duration lease;
  private long deaths;

  /** When the last message that was put here was, or will be, ready. */
  private Instant lastReady = Instant.MIN;

  QueueBox(Duration firstPause, Duration lease) {
    this.firstPause = firstPause;
    this.lease = lease;
  }

  /** Stores a message, unless its id is here or its key is taken. */
  void put(Message message, long sequence, Instant now) {
    String key = message.key();
    if (known.containsKey(message.id()) || (key != null && keys.containsKey(key))) {
      return;
    }
    QueuedMessage queued = new QueuedMessage(message, sequence, later(now, message.delay()));
    known.put(message.id(), queued);
    lastReady = lastReady.isAfter(queued.readyAt) ? lastReady : queued.readyAt;
    if (key != null) {
      keys.put(key, message.id());
    }
    wait(queued, now);
  }

  /** That much later, as late as there is when it is too much. */
  private static Instant later(Instant now, Duration delay) {
    Duration most = Duration.between(now, Instant.MAX);
    return now.plus(
        delay.compareTo(most) < 0 ? (delay.isNegative() ? Duration.ZERO : delay) : most);
  }

  private void wait(QueuedMessage queued, Instant now) {
    queued.holder = null;
    (queued.readyAt.isAfter(now) ? delayed : ready).add(queued);
  }

  /** Moves on whatever time has come for: delayed messages, and leases whose holder is gone. */
  void look(Instant now) {
    while (!delayed.isEmpty() && !delayed.first().readyAt.isAfter(now)) {
      ready.add(delayed.removeFirst());
    }
    for (QueuedMessage queued : List.copyOf(inFlight.values())) {
      if (isHeld(queued)) {
        queued.leaseUntil = now.plus(lease);
      } else if (!queued.leaseUntil.isAfter(now)) {
        fail(queued.message.id(), queued.token, "the lease ran out", now);
      }
    }
  }

  private static boolean isHeld(QueuedMessage queued) {
    return queued.holder != null && queued.holder.isOpen();
  }

  /** Whether all that was ever put here was ready before then, and nobody handles any of it. */
  boolean isUntouchedSince(Instant then) {
    return lastReady.isBefore(then) && inFlight.values().stream().noneMatch(QueueBox::isHeld);
  }

  /** Takes the message that is first, or null when none is ready. */
  @Nullable QueuedMessage take(Instance holder, Instant now) {
    look(now);
    QueuedMessage queued = ready.pollFirst();
    if (queued != null) {
      queued.attempts++;
      queued.token++;
      queued.holder = holder;
      queued.leaseUntil = now.plus(lease);
      inFlight.put(queued.message.id(), queued);
    }
    return queued;
  }

  /** The message is done with. */
  void done(String id, long token) {
    QueuedMessage queued = answered(id, token);
    if (queued != null) {
      forget(queued);
    }
  }

  /** The message is wanted again; that is no failure. */
  void again(String id, long token, Duration after, Instant now) {
    QueuedMessage queued = answered(id, token);
    if (queued != null) {
      queued.attempts = 0;
      queued.readyAt = later(now, after);
      wait(queued, now);
    }
  }

  /** The attempt failed. */
  void fail(String id, long token, String error, Instant now) {
    QueuedMessage queued = answered(id, token);
    if (queued == null) {
      return;
    }
    queued.error = error;
    if (queued.attempts >= Queue.MAX_ATTEMPTS) {
      freeKey(queued);
      // Listed as they died, whenever they were sent: a cursor must not skip a late one.
      queued.sequence = ++deaths;
      dead.put(id, queued);
    } else {
      queued.readyAt = later(now, pause(queued.attempts));
      wait(queued, now);
    }
  }

  /** Twice as long each time, up to 900 times the first. */
  private Duration pause(int attempts) {
    return firstPause.multipliedBy(Math.min(900, 1L << Math.min(attempts - 1, 10)));
  }

  /** Only the delivery that holds the message may answer for it. */
  private @Nullable QueuedMessage answered(String id, long token) {
    QueuedMessage queued = inFlight.get(id);
    if (queued == null || queued.token != token) {
      return null;
    }
    inFlight.remove(id);
    return queued;
  }

  private void forget(QueuedMessage queued) {
    known.remove(queued.message.id());
    freeKey(queued);
  }

  private void freeKey(QueuedMessage queued) {
    if (queued.key != null) {
      keys.remove(queued.key);
    }
  }

  boolean revive(String id, long sequence, Instant now) {
    QueuedMessage queued = dead.remove(id);
    if (queued == null) {
      return false;
    }
    // Another message may have the key by now; the revived one then goes without.
    boolean free = queued.key != null && keys.putIfAbsent(queued.key, id) == null;
    queued.key = free ? queued.key : null;
    queued.sequence = sequence;
    queued.attempts = 0;
    queued.error = null;
    queued.readyAt = now;
    wait(queued, now);
    return true;
  }

  /** Takes a dead letter away. Its key, if it had one, may be another's by now. */
  boolean drop(String id) {
    return dead.remove(id) != null && known.remove(id) != null;
  }

  /** Whether no message is here, in whatever state. */
  boolean isEmpty() {
    return known.isEmpty();
  }

  List<QueuedMessage> dead() {
    return List.copyOf(dead.values());
  }

  /** When time alone changes something next, or null. */
  @Nullable Instant next() {
    Instant next = delayed.isEmpty() ? null : delayed.first().readyAt;
    for (QueuedMessage queued : inFlight.values()) {
      if (!isHeld(queued) && (next == null || queued.leaseUntil.isBefore(next))) {
        next = queued.leaseUntil;
      }
    }
    return next;
  }

  /** Which of these keys are free. */
  Set<String> missing(Collection<String> asked) {
    Set<String> free = new LinkedHashSet<>(asked);
    free.removeAll(keys.keySet());
    return free;
  }

  Stats stats(Instant now) {
    look(now);
    Instant oldest = ready.stream().map(m -> m.readyAt).min(Comparator.naturalOrder()).orElse(now);
    return new Stats(
        ready.size(), delayed.size(), inFlight.size(), dead.size(), Duration.between(oldest, now));
  }
}
