package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Handler;
import dev.fantasticfour.world.core.port.Queue.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A consumer: one thread that waits for messages, and one for each message in hand. */
final class MemorySubscription implements Subscription {

  private final MemoryQueue owner;
  private final MemoryQueue.Store store;
  private final String queue;
  private final Semaphore slots;
  private final int concurrency;
  private final Handler handler;
  private final ThreadFactory threads;
  private final Map<Thread, Held> running = new ConcurrentHashMap<>();
  private volatile boolean open = true;

  /** Whether handlers that still run are no longer waited for. */
  private volatile boolean givenUp;

  private @Nullable Thread taker;

  /** A message in the hands of a handler, and the delivery it came with. */
  record Held(Delivery delivery, long token) {}

  MemorySubscription(
      MemoryQueue owner,
      MemoryQueue.Store store,
      String queue,
      int concurrency,
      Handler handler,
      ThreadFactory threads) {
    this.owner = owner;
    this.store = store;
    this.queue = queue;
    this.concurrency = concurrency;
    this.slots = new Semaphore(concurrency);
    this.handler = handler;
    this.threads = threads;
  }

  void start() {
    taker = threads.newThread(this::takeAll);
    taker.start();
  }

  boolean isOpen() {
    return open;
  }

  String queue() {
    return queue;
  }

  MemoryQueue owner() {
    return owner;
  }

  /** A slot comes first: nothing is taken that cannot be handed to a handler. */
  private void takeAll() {
    try {
      while (open) {
        slots.acquire();
        Held held = store.take(this);
        if (held == null) {
          slots.release();
          return;
        }
        Thread thread = threads.newThread(() -> handle(held));
        running.put(thread, held);
        if (givenUp) {
          // Closed between the taking and here, too late to be seen by the closing.
          giveBack(held);
          return;
        }
        thread.start();
      }
    } catch (InterruptedException e) {
      // Abandoned: nobody waits for this thread.
      open = false;
    }
  }

  private void handle(Held held) {
    String id = held.delivery().id();
    try {
      Answer answer = handler.handle(held.delivery());
      if (owner.isRunning()) {
        store.answer(queue, id, held.token(), answer);
      }
    } catch (Throwable failure) {
      // Whatever it is, it is the handler's, and the message is tried again.
      if (owner.isRunning()) {
        store.fail(queue, id, held.token(), String.valueOf(failure));
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
    owner.ended(this);
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
    store.fail(queue, held.delivery().id(), held.token(), "the subscription was closed");
  }

  /** Stops as if the process had died: nothing is given back. */
  void abandon() {
    open = false;
    if (taker != null) {
      taker.interrupt();
    }
    running.keySet().forEach(Thread::interrupt);
  }
}
