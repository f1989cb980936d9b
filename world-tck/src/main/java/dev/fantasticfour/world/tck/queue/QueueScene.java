package dev.fantasticfour.world.tck.queue;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Handler;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.core.port.Queue.Subscription;
import dev.fantasticfour.world.tck.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a test of the queue kit works with: two instances, and a queue nobody used before. */
public final class QueueScene {

  private final Stage<Queue> stage;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final String name = "q-" + unique();

  /** A scene on that stage. */
  public QueueScene(Stage<Queue> stage) {
    this.stage = stage;
  }

  Stage<Queue> stage() {
    return stage;
  }

  /** The queue of this test. */
  String name() {
    return name;
  }

  Queue queue() {
    return stage.main();
  }

  Queue peer() {
    return stage.peer();
  }

  static String unique() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  Message message(String text) {
    return message(text, null, Duration.ZERO);
  }

  Message message(String text, @Nullable String key, Duration delay) {
    return message(name, text, key, delay);
  }

  static Message message(String queue, String text, @Nullable String key, Duration delay) {
    return new Message("msg_" + unique(), queue, Payload.json(text), Map.of(), delay, key, 0);
  }

  /** Sends, and returns the id. */
  String send(Message message) {
    queue().enqueue(List.of(message));
    return message.id();
  }

  String send(String text) {
    return send(message(text));
  }

  Inbox receive() {
    return receive(queue(), 4, delivery -> Queue.Answer.DONE);
  }

  Inbox receive(Handler handler) {
    return receive(queue(), 4, handler);
  }

  Inbox receive(Queue at, int concurrency, Handler handler) {
    Inbox inbox = new Inbox(this, handler);
    subscriptions.add(at.subscribe(name, concurrency, inbox));
    return inbox;
  }

  Queue.Stats stats() {
    return queue().stats(name);
  }

  /** Whether nothing waits, is delayed or is being handled. */
  boolean isIdle() {
    Queue.Stats stats = stats();
    return stats.ready() + stats.delayed() + stats.inFlight() == 0;
  }

  void awaitIdle() {
    stage.await("the queue is empty", this::isIdle);
  }

  /** Lets some time pass: by moving the clock where it can be moved, else by waiting. */
  void pass(Duration time) {
    if (stage.hasTime()) {
      stage.advance(time);
    }
  }

  /** Ends what was begun in this scene. */
  public void end() {
    subscriptions.forEach(subscription -> subscription.close(Duration.ofSeconds(1)));
  }
}
