package dev.fantasticfour.world.tck.queue;

import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Handler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A handler that remembers what it was given, and how many it had at once. */
final class Inbox implements Handler {

  private final QueueScene scene;
  private final Handler handler;
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  Inbox(QueueScene scene, Handler handler) {
    this.scene = scene;
    this.handler = handler;
  }

  @Override
  public Answer handle(Delivery delivery) throws Exception {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    deliveries.add(delivery);
    try {
      return handler.handle(delivery);
    } finally {
      running.decrementAndGet();
    }
  }

  List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  List<String> texts() {
    return deliveries.stream().map(delivery -> delivery.body().text()).toList();
  }

  List<Integer> attempts() {
    return deliveries.stream().map(Delivery::attempt).toList();
  }

  int running() {
    return running.get();
  }

  /** How many were handled at once. */
  int most() {
    return most.get();
  }

  /** Waits until so many deliveries began. */
  Inbox await(int count) {
    scene.stage().await(count + " deliveries began", () -> deliveries.size() >= count);
    return this;
  }

  /** Watches that it stays at so many. */
  void staysAt(int count) {
    scene.stage().always("there are " + count + " deliveries", () -> deliveries.size() == count);
  }
}
