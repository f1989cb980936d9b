package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What several {@link MemoryQueue} instances share. It wakes by itself when its clock is the
 * machine's; whoever drives another clock calls {@link #poke} after moving it.
 */
public final class MemoryQueueStore {

  /** How long a message is held for an instance that says nothing any more. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration LONGEST_NAP = Duration.ofHours(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
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
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void put(List<Message> messages) {
    change(
        now -> {
          messages.forEach(message -> boxes.at(message.queue(), now).put(message, ++sequence, now));
          return true;
        });
  }

  /**
   * Waits for a message.
   *
   * @param by which instance holds it from then on
   * @param wanted whether it is still waited for; whoever makes it false calls {@link #poke}
   * @return null when it is no longer waited for
   */
  QueuedMessage.@Nullable Held take(String queue, Instance by, BooleanSupplier wanted)
      throws InterruptedException {
    lock.lock();
    try {
      while (wanted.getAsBoolean()) {
        Instant now = clock.instant();
        QueueBox box = boxes.peek(queue);
        QueuedMessage taken = box.take(by, now);
        if (taken != null) {
          return taken.held();
        }
        Instant next = box.next();
        if (next == null) {
          changed.await();
        } else {
          changed.await(millis(Duration.between(now, next)), TimeUnit.MILLISECONDS);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Rounded up, since waking too early only makes another round, and never for ever. */
  private static long millis(Duration duration) {
    return duration.compareTo(LONGEST_NAP) < 0 ? duration.toMillis() + 1 : LONGEST_NAP.toMillis();
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

  /** The queues of which something is kept. */
  Set<String> names() {
    return look(now -> boxes.names());
  }

  private <T> T look(Function<Instant, T> look) {
    lock.lock();
    try {
      return look.apply(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private <T> T change(Function<Instant, T> change) {
    lock.lock();
    try {
      T result = change.apply(clock.instant());
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }
}
