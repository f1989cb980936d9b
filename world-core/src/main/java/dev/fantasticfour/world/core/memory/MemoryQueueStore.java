package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.DeadLetter;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.core.port.Queue.Stats;
import dev.fantasticfour.world.core.rules.PageCursors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What several {@link MemoryQueue} instances share. It wakes by itself when its clock is the
 * machine's; whoever drives another clock calls {@link #poke} after moving it.
 */
public final class MemoryQueueStore {

  /** How long a message is held for an instance that says nothing any more. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Bell> bells = ConcurrentHashMap.newKeySet();
  private final AtomicLong changes = new AtomicLong();
  private final QueueBoxes boxes;
  private final InstantSource clock;
  private long sequence;

  /** Empty queues that go by that clock. */
  public MemoryQueueStore(InstantSource clock) {
    this(clock, FIRST_PAUSE);
  }

  /**
   * Empty queues that go by that clock.
   *
   * @param firstPause the pause after a first failed attempt; it doubles with every further one
   */
  public MemoryQueueStore(InstantSource clock, Duration firstPause) {
    this.clock = clock;
    this.boxes = new QueueBoxes(() -> new QueueBox(firstPause, LEASE));
  }

  /** Looks at the clock again. */
  public void poke() {
    tellAll();
  }

  /** Rings from now on whenever something has changed. */
  void add(Bell bell) {
    bells.add(bell);
  }

  void remove(Bell bell) {
    bells.remove(bell);
  }

  /** How often something has changed, or may have with the time. */
  long changes() {
    return changes.get();
  }

  /** Not under the lock: who waits at a bell looks at what is under it. */
  private void tellAll() {
    changes.incrementAndGet();
    bells.forEach(Bell::ring);
  }

  void put(List<Message> messages) {
    change(
        now -> {
          messages.forEach(message -> boxes.at(message.queue(), now).put(message, ++sequence, now));
          return true;
        });
  }

  /**
   * Takes a message if there is one now.
   *
   * @param by which instance holds it from then on
   */
  QueuedMessage.@Nullable Held take(String queue, Instance by) {
    lock.lock();
    try {
      QueuedMessage taken = boxes.peek(queue).take(by, clock.instant());
      return taken == null ? null : taken.held();
    } finally {
      lock.unlock();
    }
  }

  /** How long it is to the next message, unless something changes before; null when none is due. */
  @Nullable Duration untilNext(String queue) {
    return look(
        now -> {
          Instant next = boxes.peek(queue).next();
          return next == null ? null : Duration.between(now, next);
        });
  }

  /** Takes the answer of the handler, if its delivery still holds the message. */
  void answer(QueuedMessage.Held held, Answer answer) {
    change(
        now -> {
          switch (answer) {
            case Answer.Done done -> boxOf(held).done(held.id(), held.token());
            case Answer.Again again ->
                boxOf(held).again(held.id(), held.token(), again.after(), now);
          }
          return true;
        });
  }

  /** The attempt has failed, if its delivery still holds the message. */
  void fail(QueuedMessage.Held held, String error) {
    change(
        now -> {
          boxOf(held).fail(held.id(), held.token(), error, now);
          return true;
        });
  }

  private QueueBox boxOf(QueuedMessage.Held held) {
    return boxes.peek(held.delivery().queue());
  }

  Set<String> missing(String queue, Collection<String> keys) {
    return look(now -> boxes.peek(queue).missing(keys));
  }

  Stats stats(String queue) {
    return look(now -> boxes.peek(queue).stats(now));
  }

  Page<DeadLetter> dead(String queue, PageRequest request) {
    return look(
        now -> {
          Page<QueuedMessage> page =
              PageCursors.pageOfAll(
                  "dead\n" + queue, request, boxes.peek(queue).dead(), m -> m.sequence);
          return new Page<>(
              page.items().stream().map(MemoryQueueStore::deadLetter).toList(),
              page.cursor(),
              page.hasMore());
        });
  }

  private static DeadLetter deadLetter(QueuedMessage dead) {
    return new DeadLetter(
        dead.message.id(), dead.message.body(), dead.message.headers(), dead.attempts, dead.error);
  }

  boolean revive(String queue, String id) {
    return change(now -> boxes.peek(queue).revive(id, ++sequence, now));
  }

  boolean drop(String queue, String id) {
    return change(now -> boxes.peek(queue).drop(id));
  }

  /** The queues that have messages. */
  Set<String> used() {
    return look(now -> boxes.used());
  }

  /** The queues of which something is kept. */
  Set<String> names() {
    return look(now -> boxes.names());
  }

  private <T extends @Nullable Object> T look(Function<Instant, T> look) {
    lock.lock();
    try {
      return look.apply(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private <T extends @Nullable Object> T change(Function<Instant, T> change) {
    T result = look(change);
    tellAll();
    return result;
  }
}
