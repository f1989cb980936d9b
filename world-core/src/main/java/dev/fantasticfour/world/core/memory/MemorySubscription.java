package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Closing;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.memory.QueuedMessage.Held;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Handler;
import dev.fantasticfour.world.core.port.Queue.Subscription;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer: one thread that waits for messages, and one for each message in hand. */
final class MemorySubscription implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(MemorySubscription.class);
  private static final String THREAD = "memory-queue";

  /** That no thread can be started for a message is no failure of its handler. */
  private static final Answer PUT_OFF = new Answer.Again(Duration.ofSeconds(1));

  private final Instance owner;
  private final Machine machine;
  private final Bell changed;
  private final MemoryQueueStore store;
  private final String queue;
  private final int concurrency;
  private final Handler handler;
  private final Consumer<MemorySubscription> ended;

  /** How many more messages may be in hand; taken from by the thread that takes messages alone. */
  private final AtomicInteger free;

  private final Set<InHand> inHand = ConcurrentHashMap.newKeySet();
  private volatile boolean open = true;

  /** Whether handlers that still run are no longer waited for. */
  private volatile boolean givenUp;

  private volatile Machine.@Nullable Task taker;

  /** A message and, once it runs, the thread of its handler. */
  private static final class InHand {

    private final Held held;
    private volatile Machine.@Nullable Task thread;

    private InHand(Held held) {
      this.held = held;
    }

    private void interrupt() {
      Machine.Task running = thread;
      if (running != null) {
        running.interrupt();
      }
    }
  }

  /**
   * @param owner the instance that it is a subscription of
   * @param machine has the threads that wait for messages and that handle them
   * @param changed where the instance waits for its store
   * @param ended called when it takes no further message
   */
  MemorySubscription(
      Instance owner,
      Machine machine,
      Bell changed,
      MemoryQueueStore store,
      String queue,
      int concurrency,
      Handler handler,
      Consumer<MemorySubscription> ended) {
    this.owner = owner;
    this.machine = machine;
    this.changed = changed;
    this.store = store;
    this.queue = queue;
    this.concurrency = concurrency;
    this.free = new AtomicInteger(concurrency);
    this.handler = handler;
    this.ended = ended;
  }

  /** Begins to take messages, or throws what its thread cannot be started for. */
  void start() {
    machine.startNow(THREAD, this::takeAll);
  }

  private void takeAll() {
    taker = machine.here(THREAD);
    try {
      boolean goesOn = true;
      while (goesOn && isSlotReserved()) {
        Held held = next();
        if (held == null) {
          freeSlot();
        }
        goesOn = held != null && begin(held);
      }
    } catch (InterruptedException e) {
      // Abandoned: nobody waits for this thread.
      open = false;
    }
  }

  /** A slot comes first: nothing is taken that cannot be handed to a handler. */
  private boolean isSlotReserved() throws InterruptedException {
    changed.await(() -> !open || free.get() > 0);
    if (!open) {
      return false;
    }
    free.decrementAndGet();
    return true;
  }

  private void freeSlot() {
    free.incrementAndGet();
    changed.ring();
  }

  /** Waits for a message; null when none is wanted any longer. */
  private @Nullable Held next() throws InterruptedException {
    while (open) {
      long seen = store.changes();
      Held held = store.take(queue, owner);
      if (held != null) {
        return held;
      }
      awaitNext(seen, store.untilNext(queue));
    }
    return null;
  }

  private void awaitNext(long seen, @Nullable Duration time) throws InterruptedException {
    BooleanSupplier changes = () -> !open || store.changes() != seen;
    if (time == null) {
      changed.await(changes);
    } else {
      boolean unused = changed.awaitTime(changes, time);
    }
  }

  /** Returns whether another message may be taken. */
  private boolean begin(Held held) {
    InHand message = new InHand(held);
    inHand.add(message);
    boolean isBegun = false;
    try {
      if (givenUp) {
        // Closed between the taking and here, too late to be seen by the closing.
        giveBack(held);
        return false;
      }
      machine.startNow(THREAD, () -> handle(message));
      isBegun = true;
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.error("a message of queue {} is put off, since no thread can be started", queue, e);
      store.answer(held, PUT_OFF);
    } finally {
      if (!isBegun) {
        end(message);
      }
    }
    return true;
  }

  private void handle(InHand message) {
    try {
      message.thread = machine.here(THREAD);
      if (!givenUp && owner.isOpen()) {
        handle(message.held);
      }
    } finally {
      end(message);
    }
  }

  private void handle(Held held) {
    try {
      Answer answer = handler.handle(held.delivery());
      if (owner.isOpen()) {
        store.answer(held, answer);
      }
    } catch (ThreadEnd e) {
      throw e;
    } catch (Throwable failure) {
      // Whatever it is, it is the handler's, and the message is tried again.
      if (owner.isOpen()) {
        store.fail(held, String.valueOf(failure));
      }
    }
  }

  private void end(InHand message) {
    inHand.remove(message);
    freeSlot();
  }

  @Override
  public void close(Duration patience) {
    open = false;
    changed.ring();
    ended.accept(this);
    try {
      if (changed.await(() -> free.get() == concurrency, Closing.bounded(patience))) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    givenUp = true;
    inHand.forEach(
        message -> {
          // Given back before the interrupt, so that what the handler says to it comes too late.
          giveBack(message.held);
          message.interrupt();
        });
  }

  private void giveBack(Held held) {
    store.fail(held, "the subscription was closed");
  }

  /** Stops as if the process had died: nothing is given back. */
  void abandon() {
    open = false;
    Machine.Task waiting = taker;
    if (waiting != null) {
      waiting.interrupt();
    }
    inHand.forEach(InHand::interrupt);
    changed.ring();
  }
}
