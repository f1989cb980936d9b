package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it was given, and counts how many of it ran at once. */
final class RecordingHandler implements Handler {

  final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  final List<Long> times = new CopyOnWriteArrayList<>();
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger most = new AtomicInteger();
  private final Handler then;

  RecordingHandler() {
    this(delivery -> Answer.DONE);
  }

  RecordingHandler(Handler then) {
    this.then = then;
  }

  @Override
  public Answer handle(Delivery delivery) throws Exception {
    times.add(System.nanoTime());
    deliveries.add(delivery);
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      return then.handle(delivery);
    } finally {
      running.decrementAndGet();
    }
  }

  int count() {
    return deliveries.size();
  }

  List<Integer> attempts() {
    return deliveries.stream().map(Delivery::attempt).toList();
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    deliveries.forEach(delivery -> texts.add(delivery.body().text()));
    return texts;
  }
}
