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
import java.util.function.Consumer;

/**
 * A queue on Redis in the time of a test: the server has a clock of its own, so what is delayed
 * stays here until its time has come, and is sent then. Any thread.
 */
final class RedisQueueInTest extends ForwardingQueue {

  private final Machine machine;
  private final Traffic traffic;
  private final Consumer<List<Message>> later;
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /**
   * @param machine of the store: what is kept back outlives the process that has sent it
   * @param later sends what was kept back
   */
  RedisQueueInTest(Queue inner, Machine machine, Traffic traffic, Consumer<List<Message>> later) {
    super(inner);
    this.machine = machine;
    this.traffic = traffic;
    this.later = later;
  }

  @Override
  public void enqueue(List<Message> messages) {
    traffic.stir();
    List<Message> now = new ArrayList<>();
    for (Message message : messages) {
      traffic.sent(message);
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
    if (key == null || traffic.delayed().add(key)) {
      machine.start("delay", () -> sendAfter(message, time));
    }
  }

  private void sendAfter(Message message, Duration time) {
    Bell never = machine.bell();
    try {
      boolean unused = never.awaitTime(() -> false, time);
    } catch (InterruptedException e) {
      return;
    } finally {
      if (message.key() != null) {
        traffic.delayed().remove(message.key());
      }
    }
    later.accept(
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
        Message sent = traffic.sent(delivery.id());
        delay(sent == null ? fresh(delivery) : sent, again.after());
        return Answer.DONE;
      }
      return answer;
    } finally {
      traffic.end();
    }
  }

  private static Message fresh(Delivery delivery) {
    return new Message(
        delivery.id(),
        delivery.queue(),
        delivery.body(),
        delivery.headers(),
        Duration.ZERO,
        null,
        0);
  }

  @Override
  public Set<String> missing(String queue, Collection<String> keys) {
    Set<String> missing = new HashSet<>(super.missing(queue, keys));
    missing.removeAll(traffic.delayed());
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
