package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Ids;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.rules.PageCursors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages in memory. Several instances over one {@link Store} are to each other what processes on
 * one server are.
 */
public final class MemoryQueue implements Queue {

  private final Store store;
  private final ThreadFactory threads;
  private final Set<MemorySubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private volatile boolean running = true;

  /** Opens an empty queue of its own that goes by that clock. */
  public MemoryQueue(InstantSource clock, ThreadFactory threads) {
    this(new Store(clock), threads);
  }

  /**
   * Opens queues that others may have open too.
   *
   * @param threads makes the threads that wait for messages and those that handle them
   */
  public MemoryQueue(Store store, ThreadFactory threads) {
    this.store = store;
    this.threads = threads;
  }

  @Override
  public void enqueue(List<Message> messages) {
    requireOpen();
    messages.forEach(
        message -> {
          Ids.requireSafe("message id", message.id());
          requireName(message.queue());
        });
    store.put(messages);
  }

  @Override
  public Subscription subscribe(String queue, int concurrency, Handler handler) {
    requireOpen();
    requireName(queue);
    if (concurrency < 1) {
      throw MemoryStore.invalid("concurrency must be at least 1, is " + concurrency);
    }
    MemorySubscription subscription =
        new MemorySubscription(this, store, queue, concurrency, handler, threads);
    subscription.start();
    subscriptions.add(subscription);
    if (!running) {
      // Closed meanwhile, too early to be closed with the others.
      subscription.close(Duration.ZERO);
    }
    return subscription;
  }

  @Override
  public Set<String> missing(String queue, Collection<String> keys) {
    requireOpen();
    requireName(queue);
    return store.missing(queue, keys);
  }

  @Override
  public Stats stats(String queue) {
    requireOpen();
    return store.stats(queue);
  }

  @Override
  public Page<DeadLetter> dead(String queue, PageRequest page) {
    requireOpen();
    return store.dead(queue, page);
  }

  @Override
  public boolean revive(String queue, String messageId) {
    requireOpen();
    return store.revive(queue, messageId);
  }

  @Override
  public String version() {
    return "memory";
  }

  @Override
  public Set<Capability> declined() {
    return EnumSet.of(Capability.DURABLE, Capability.MULTI_PROCESS);
  }

  @Override
  public void close() {
    List.copyOf(subscriptions).forEach(Subscription::close);
    running = false;
  }

  /**
   * Ends this instance as the death of its process would: its handlers are interrupted, their
   * answers ignored, and their messages come back when their leases have run out.
   */
  public void crash() {
    running = false;
    List.copyOf(subscriptions).forEach(MemorySubscription::abandon);
    store.poke();
  }

  boolean isRunning() {
    return running;
  }

  void ended(MemorySubscription subscription) {
    subscriptions.remove(subscription);
  }

  private void requireOpen() {
    if (!running) {
      throw new WorldException(ErrorCode.CLOSED, "this queue is closed");
    }
  }

  private static void requireName(String queue) {
    if (queue.isEmpty() || queue.indexOf(0) >= 0) {
      throw MemoryStore.invalid("a queue name must be neither empty nor hold NUL");
    }
  }

  /**
   * What several {@link MemoryQueue} instances share. It wakes by itself when its clock is the
   * machine's; whoever drives another clock calls {@link #poke} after moving it.
   */
  public static final class Store {

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
    public Store(InstantSource clock) {
      this(clock, FIRST_PAUSE);
    }

    /**
     * Empty queues that go by that clock.
     *
     * @param firstPause the pause after a first failed attempt; it doubles with every further one
     */
    public Store(InstantSource clock, Duration firstPause) {
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
            messages.forEach(
                message -> boxes.at(message.queue(), now).put(message, ++sequence, now));
            return true;
          });
    }

    /** Waits for a message; null when the subscription ends meanwhile. */
    MemorySubscription.@Nullable Held take(MemorySubscription by) throws InterruptedException {
      lock.lock();
      try {
        while (by.isOpen()) {
          Instant now = clock.instant();
          QueueBox box = boxes.peek(by.queue());
          QueuedMessage taken = box.take(by.owner(), now);
          if (taken != null) {
            return new MemorySubscription.Held(taken.delivery(), taken.token);
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
    void answer(String queue, String id, long token, Answer answer) {
      change(
          now -> {
            switch (answer) {
              case Answer.Done done -> boxes.peek(queue).done(id, token);
              case Answer.Again again -> boxes.peek(queue).again(id, token, again.after(), now);
            }
            return true;
          });
    }

    void fail(String queue, String id, long token, String error) {
      change(
          now -> {
            boxes.peek(queue).fail(id, token, error, now);
            return true;
          });
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
                page.items().stream().map(Store::deadLetter).toList(),
                page.cursor(),
                page.hasMore());
          });
    }

    private static DeadLetter deadLetter(QueuedMessage dead) {
      return new DeadLetter(
          dead.message.id(),
          dead.message.body(),
          dead.message.headers(),
          dead.attempts,
          dead.error);
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
}
