package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The queue as one node sees it: messages get lost, late and doubled. */
final class UnreliableQueue implements Queue {

  /** What the queues of all nodes share. */
  static final class Broker {
    private final Map<String, List<Consumer>> consumers = new HashMap<>();
    private int sent;

    int sent() {
      return sent;
    }
  }

  private record Consumer(VirtualProcess process, Handler handler) {}

  private final Timeline timeline;
  private final Weather weather;
  private final Broker broker;
  private final VirtualProcess process;

  UnreliableQueue(Timeline timeline, Weather weather, Broker broker, VirtualProcess process) {
    this.timeline = timeline;
    this.weather = weather;
    this.broker = broker;
    this.process = process;
  }

  @Override
  public void enqueue(List<Message> messages) {
    requireThere();
    for (Message message : messages) {
      broker.sent++;
      send(message);
      if (weather.doublesMessage()) {
        send(message);
      }
    }
  }

  /** Has a message delivered, or not. */
  void send(Message message) {
    if (!weather.losesMessage()) {
      long time = timeline.now() + weather.messageDelay().toNanos();
      timeline.at(time, () -> deliver(message));
    }
  }

  private void deliver(Message message) {
    List<Consumer> consumers =
        broker.consumers.getOrDefault(message.queue(), List.of()).stream()
            .filter(consumer -> !consumer.process().isDead())
            .toList();
    if (!consumers.isEmpty()) {
      Consumer consumer = consumers.get(weather.random().nextInt(consumers.size()));
      Delivery delivery =
          new Delivery(message.id(), message.queue(), message.body(), message.headers(), 1);
      timeline.start(consumer.process(), "message", () -> handle(consumer, delivery));
    }
  }

  private static void handle(Consumer consumer, Delivery delivery) {
    try {
      Answer unused = consumer.handler().handle(delivery);
    } catch (Exception e) {
      throw new AssertionError("a handler failed", e);
    }
  }

  @Override
  public Subscription subscribe(String queue, int concurrency, Handler handler) {
    requireThere();
    Consumer consumer = new Consumer(process, handler);
    broker.consumers.computeIfAbsent(queue, q -> new ArrayList<>()).add(consumer);
    return patience -> broker.consumers.get(queue).remove(consumer);
  }

  private void requireThere() {
    weather.travel();
    if (weather.isQueueAway()) {
      weather.waitInVain();
      throw new WorldException(ErrorCode.UNAVAILABLE, "the queue is away");
    }
  }

  /** Misses nothing: what it loses it does not know. */
  @Override
  public Set<String> missing(String queue, Collection<String> keys) {
    requireThere();
    return Set.of();
  }

  @Override
  public boolean drop(String queue, String messageId) {
    return false;
  }

  @Override
  public Set<String> queues() {
    return Set.of();
  }

  @Override
  public Stats stats(String queue) {
    return new Stats(0, 0, 0, 0, Duration.ZERO);
  }

  @Override
  public Page<DeadLetter> dead(String queue, PageRequest page) {
    return new Page<>(List.of(), null, false);
  }

  @Override
  public boolean revive(String queue, String messageId) {
    return false;
  }

  @Override
  public String version() {
    return "unreliable";
  }

  @Override
  public Set<Capability> declined() {
    return Set.of();
  }

  @Override
  public void close() {}
}
