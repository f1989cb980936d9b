package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Folds what concurrent callers enqueue: while one call is under way the others wait, and the next
 * one takes along all that has gathered. A caller who is alone waits for nobody.
 */
final class EnqueueLane {

  /** What one caller brought for one queue; stored as a whole or not at all. */
  private static final class Request {
    final String queue;
    final List<Message> messages;
    // Written and read under the lane's lock.
    boolean done;
    @Nullable RuntimeException failure;

    Request(String queue, List<Message> messages) {
      this.queue = queue;
      this.messages = messages;
    }
  }

  private final RedisConnection connection;
  private final RedisKeys keys;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>();

  EnqueueLane(RedisConnection connection, RedisKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  void enqueue(String queue, List<Message> messages) {
    Request mine = new Request(queue, messages);
    waiting.add(mine);
    lock.lock();
    try {
      while (!mine.done) {
        send(drain());
      }
      RuntimeException failure = mine.failure;
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Request> drain() {
    List<Request> drained = new ArrayList<>();
    for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
      drained.add(next);
    }
    return drained;
  }

  private void send(List<Request> requests) {
    Map<String, List<Request>> byQueue = new LinkedHashMap<>();
    for (Request request : requests) {
      byQueue.computeIfAbsent(request.queue, q -> new ArrayList<>()).add(request);
    }
    RuntimeException failure = null;
    for (Map.Entry<String, List<Request>> entry : byQueue.entrySet()) {
      // After one failure the rest would only fail later: the server has had its time.
      if (failure == null) {
        failure = store(entry.getKey(), entry.getValue());
      }
      settle(entry.getValue(), failure);
    }
    if (failure != null) {
      settle(drain(), failure);
    }
  }

  private static void settle(List<Request> requests, @Nullable RuntimeException failure) {
    for (Request request : requests) {
      request.done = true;
      request.failure = failure;
    }
  }

  private @Nullable RuntimeException store(String queue, List<Request> requests) {
    ScriptArguments arguments = new ScriptArguments();
    for (Request request : requests) {
      for (Message message : request.messages) {
        String key = message.key();
        arguments
            .add(message.id())
            .add(new Envelope(message.body(), message.headers()).encode())
            .add(Delays.millis(message.delay()))
            .add(key == null ? "-" : "+" + KeyText.escape(key))
            .add(message.priority());
      }
    }
    try {
      // Safe to repeat: a message already stored is recognised by its id.
      connection.insist(
          "enqueue to '" + queue + "'", LuaScript.ENQUEUE, keys.queue(queue), arguments);
      connection.outage().over();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }
}
