package dev.fantasticfour.world.test.store;

import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.forwarding.ForwardingQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A queue on Redis in the time of a test: the server has a clock of its own, so what is delayed
 * stays here until its time has come, and is sent then. Any thread.
 */
final class RedisQueueInTest extends ForwardingQueue {

  private final Machine machine;
  private final Traffic traffic;
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

  /** The keys of messages that are delayed here. */
  private final Set<String> delayed = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  RedisQueueInTest(Queue inner, Machine machine, Traffic traffic) {
    super(inner);
    this.machine = machine;
    this.traffic = traffic;
  }

  @Override
  public void enqueue(List<Message> messages) {
    traffic.stir();
    List<Message> now = new ArrayList<>();
    for (Message message : messages) {
      if (message.delay().isPositive()) {
        delay(message, message.delay());
      } else {
        now.add(message);
      }
    }
    if (!now.isEmpty()) {
      super.enqueue(now);
    }
    traffic.stir();
  }

  private void delay(Message message, Duration time) {
    String key = message.key();
    if (key == null || delayed.add(key)) {
      machine.start("delay", () -> sendAfter(message, time));
    }
  }

  private void sendAfter(Message message, Duration time) {
    Bell never = machine.bell();
    try {
      boolean unused = never.awaitTime(() -> closed, time);
    } catch (InterruptedException e) {
      return;
    } finally {
      if (message.key() != null) {
        delayed.remove(message.key());
      }
    }
    if (!closed) {
      enqueue(
          List.of(
              new Message(
                  message.id(),
                  message.queue(),
                  message.body(),
                  message.headers(),
                  Duration.ZERO,
                  message.key(),
                  message.priority())));
    }
  }

  @Override
  public Subscription subscribe(String queue, int concurrency, Handler handler) {
    subscribed.add(queue);
    Subscription subscription =
        super.subscribe(queue, concurrency, delivery -> handled(handler, delivery));
    return patience -> {
      subscribed.remove(queue);
      subscription.close(patience);
    };
  }

  private Answer handled(Handler handler, Delivery delivery) throws Exception {
    traffic.begin();
    try {
      Answer answer = handler.handle(delivery);
      if (answer instanceof Answer.Again again && again.after().isPositive()) {
        delay(
            new Message(
                delivery.id(),
                delivery.queue(),
                delivery.body(),
                delivery.headers(),
                Duration.ZERO,
                null,
                0),
            again.after());
        return Answer.DONE;
      }
      return answer;
    } finally {
      traffic.end();
    }
  }

  @Override
  public Set<String> missing(String queue, Collection<String> keys) {
    Set<String> missing = new HashSet<>(super.missing(queue, keys));
    missing.removeAll(delayed);
    return missing;
  }

  /** Whether somebody here is about to be given a message. */
  boolean hasReady() {
    return !closed
        && subscribed.stream()
            .map(super::stats)
            .anyMatch(stats -> stats.ready() > 0 || stats.inFlight() > 0);
  }

  @Override
  public void close() {
    closed = true;
    super.close();
  }
}
