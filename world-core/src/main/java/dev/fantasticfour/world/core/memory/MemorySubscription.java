package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.memory.QueuedMessage.Held;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Handler;
import dev.fantasticfour.world.core.port.Queue.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer: one thread that waits for messages, and one for each message in hand. */
final class MemorySubscription implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(MemorySubscription.class);

  /** That no thread can be started for a message is no failure of its handler. */
  private static final Answer PUT_OFF = new Answer.Again(Duration.ofSeconds(1));

  private final Instance owner;
  private final MemoryQueueStore store;
  private final String queue;
  private final Semaphore slots;
  private final int concurrency;
  private final Handler handler;
  private final ThreadFactory threads;
  private final Consumer<MemorySubscription> ended;
  private final Map<Thread, Held> running = new ConcurrentHashMap<>();
  private volatile boolean open = true;

  /** Whether handlers that still run are no longer waited for. */
  private volatile boolean givenUp;

  private volatile @Nullable Thread taker;

  /**
   * @param owner the instance that it is a subscription of
   * @param ended called when it takes no further message
   */
  MemorySubscription(
      Instance owner,
      MemoryQueueStore store,
      String queue,
      int concurrency,
      Handler handler,
      ThreadFactory threads,
      Consumer<MemorySubscription> ended) {
    this.owner = owner;
    this.store = store;
    this.queue = queue;
    this.concurrency = concurrency;
    this.slots = new Semaphore(concurrency);
    this.handler = handler;
    this.threads = threads;
    this.ended = ended;
  }

  /** Begins to take messages, or throws what its thread cannot be started for. */
  void start() {
    Thread thread = threads.newThread(this::takeAll);
    thread.start();
    taker = thread;
  }

  /** A slot comes first: nothing is taken that cannot be handed to a handler. */
  private void takeAll() {
    try {
      while (open) {
        slots.acquire();
        Held held = store.take(queue, owner, () -> open);
        if (held == null) {
          slots.release();
          return;
        }
        if (!begin(held)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // Abandoned: nobody waits for this thread.
      open = false;
    }
  }

  /** Returns whether another message may be taken. */
  private boolean begin(Held held) {
    Thread thread = null;
    boolean isStarted = false;
    try {
      thread = threads.newThread(() -> handle(held));
      running.put(thread, held);
      if (givenUp) {
        // Closed between the taking and here, too late to be seen by the closing.
        giveBack(held);
        return false;
      }
      thread.start();
      isStarted = true;
    } catch (RuntimeException | Error e) {
      LOG.error("a message of queue {} is put off, since no thread can be started", queue, e);
      store.answer(held, PUT_OFF);
    } finally {
      if (!isStarted) {
        if (thread != null) {
          running.remove(thread);
        }
        slots.release();
      }
    }
    return true;
  }

  private void handle(Held held) {
    try {
      Answer answer = handler.handle(held.delivery());
      if (owner.isOpen()) {
        store.answer(held, answer);
      }
    } catch (Throwable failure) {
      // Whatever it is, it is the handler's, and the message is tried again.
      if (owner.isOpen()) {
        store.fail(held, String.valueOf(failure));
      }
    } finally {
      running.remove(Thread.currentThread());
      slots.release();
    }
  }

  @Override
  public void close(Duration patience) {
    open = false;
    store.poke();
    ended.accept(this);
    try {
      if (slots.tryAcquire(
          concurrency, TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS)) {
        slots.release(concurrency);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    givenUp = true;
    running.forEach(
        (thread, held) -> {
          // Given back before the interrupt, so that what the handler says to it comes too late.
          giveBack(held);
          thread.interrupt();
        });
  }

  private void giveBack(Held held) {
    store.fail(held, "the subscription was closed");
  }

  /** Stops as if the process had died: nothing is given back. */
  void abandon() {
    open = false;
    Thread thread = taker;
    if (thread != null) {
      thread.interrupt();
    }
    running.keySet().forEach(Thread::interrupt);
  }
}
