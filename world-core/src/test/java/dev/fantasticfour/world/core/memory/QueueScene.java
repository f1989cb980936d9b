package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A queue over a store whose clock moves when the test moves it, and what it has delivered. */
abstract class QueueScene {

  static final Machine MACHINE = new SystemMachine();

  final SettableClock clock = new SettableClock();
  final MemoryQueueStore store = new MemoryQueueStore(clock, Duration.ofSeconds(1));
  final MemoryQueue queue = new MemoryQueue(store, MACHINE);
  final BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    queue.close();
  }

  static Message message(String id) {
    return message(id, Duration.ZERO, null, 0);
  }

  static Message message(String id, Duration delay, String key, int priority) {
    return new Message(
        id, "q", Payload.json("\"" + id + "\""), Map.of("trace", id), delay, key, priority);
  }

  void put(Message... messages) {
    queue.enqueue(List.of(messages));
  }

  void subscribe(Queue.Handler handler) {
    subscribe(queue, 4, handler);
  }

  /** Whatever is delivered is noted before it is handled. */
  Queue.Subscription subscribe(MemoryQueue to, int concurrency, Queue.Handler handler) {
    return to.subscribe(
        "q",
        concurrency,
        delivery -> {
          delivered.add(delivery);
          return handler.handle(delivery);
        });
  }

  Delivery next() throws InterruptedException {
    Delivery delivery = delivered.poll(10, TimeUnit.SECONDS);
    assertThat(delivery).as("a delivery within ten seconds").isNotNull();
    return delivery;
  }

  void advance(Duration by) {
    clock.advance(by);
    store.poke();
  }

  /** Waits until no message is in the hands of a handler. */
  Queue.Stats settled() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (queue.stats("q").inFlight() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return queue.stats("q");
  }
}
