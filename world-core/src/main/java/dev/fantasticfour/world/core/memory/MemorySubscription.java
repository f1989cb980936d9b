package dev.fantasticfour.world.core.memory;

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
  private @Nullable Thread taker;

  /** A message in the hands of a handler, and the delivery it came with. */
  private record Held(QueuedMessage message, long token) {}

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
        QueuedMessage taken = store.take(this);
        if (taken == null) {
          slots.release();
          return;
        }
        Held held = new Held(taken, taken.token);
        Thread thread = threads.newThread(() -> handle(held));
        running.put(thread, held);
        thread.start();
      }
    } catch (InterruptedException e) {
      // Abandoned: nobody waits for this thread.
      open = false;
    }
  }

  private void handle(Held held) {
    String id = held.message().message.id();
    try {
      store.answer(queue, id, held.token(), handler.handle(held.message().delivery()));
    } catch (Throwable failure) {
      // Whatever it is, it is the handler's, and the message is tried again.
      store.fail(queue, id, held.token(), String.valueOf(failure));
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
      if (slots.tryAcquire(concurrency, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        slots.release(concurrency);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.forEach(
        (thread, held) -> {
          // Given back before the interrupt, so that what the handler says to it comes too late.
          store.fail(
              queue, held.message().message.id(), held.token(), "the subscription was closed");
          thread.interrupt();
        });
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
