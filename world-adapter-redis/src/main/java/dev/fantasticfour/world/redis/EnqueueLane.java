package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Folds what concurrent callers enqueue: while one call is under way the others gather, and the
 * next one takes along all of them. Callers send by themselves, one of them for all; no thread of
 * ours stands between. A caller who is alone waits for nobody.
 */
final class EnqueueLane {

  /** What a caller who gathered is told. */
  private enum Told {
    STORED,
    SEND_FOR_ALL
  }

  /** What one caller brought for one queue; stored as a whole or not at all. */
  private record Request(
      String queue, ScriptArguments arguments, CompletableFuture<Told> outcome) {}

  private final RedisConnection connection;
  private final RedisKeys keys;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Request> gathered = new ArrayList<>();
  private boolean sending;

  EnqueueLane(RedisConnection connection, RedisKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  void enqueue(String queue, List<Message> messages) {
    Request mine = new Request(queue, encode(messages), new CompletableFuture<>());
    try {
      if (gather(mine) || mine.outcome().join() == Told.SEND_FOR_ALL) {
        RuntimeException failure = sendForAll(mine);
        if (failure != null) {
          throw failure;
        }
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException ours ? ours : e;
    }
  }

  /** True when nobody sends, so that this caller has to. */
  private boolean gather(Request request) {
    lock.lock();
    try {
      gathered.add(request);
      boolean first = !sending;
      sending = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Sends what has gathered, and appoints the next sender if more has by then. */
  private @Nullable RuntimeException sendForAll(Request mine) {
    // Callers who were just answered often have more: this lets them join.
    Thread.yield();
    RuntimeException failure = null;
    try {
      failure = send(drain(), mine);
    } finally {
      if (failure != null) {
        // The server has had its time; those who came meanwhile would wait for the same again.
        settle(drain(), failure, mine);
      }
      handOver();
    }
    return failure;
  }

  private List<Request> drain() {
    lock.lock();
    try {
      List<Request> drained = gathered;
      gathered = new ArrayList<>();
      return drained;
    } finally {
      lock.unlock();
    }
  }

  private void handOver() {
    Request next = null;
    lock.lock();
    try {
      sending = !gathered.isEmpty();
      if (sending) {
        next = gathered.getFirst();
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.outcome().complete(Told.SEND_FOR_ALL);
    }
  }

  /** Returns why the sender's own request failed, or null. */
  private @Nullable RuntimeException send(List<Request> requests, Request mine) {
    Map<String, List<Request>> byQueue = new LinkedHashMap<>();
    for (Request request : requests) {
      byQueue.computeIfAbsent(request.queue(), q -> new ArrayList<>()).add(request);
    }
    RuntimeException failure = null;
    RuntimeException own = null;
    for (Map.Entry<String, List<Request>> entry : byQueue.entrySet()) {
      if (failure == null) {
        failure = store(entry.getKey(), entry.getValue());
      }
      settle(entry.getValue(), failure, mine);
      if (entry.getValue().contains(mine)) {
        own = failure;
      }
    }
    return own;
  }

  private static void settle(
      List<Request> requests, @Nullable RuntimeException failure, Request mine) {
    for (Request request : requests) {
      if (failure == null) {
        request.outcome().complete(Told.STORED);
      } else if (request != mine) {
        request.outcome().completeExceptionally(failure);
      }
    }
  }

  private @Nullable RuntimeException store(String queue, List<Request> requests) {
    ScriptArguments arguments = new ScriptArguments().add(QueueSettings.unusedMillis(queue));
    for (Request request : requests) {
      arguments.addAll(request.arguments());
    }
    try {
      // Safe to repeat: a message already stored is recognised by its id.
      connection.insist(
          "enqueue to '" + queue + "'", LuaScript.ENQUEUE, keys.queue(queue), arguments);
      connection.outage().over();
      return null;
    } catch (RuntimeException e) {
      return e;
    } catch (Error e) {
      // The others must hear of it, too, or they would wait for ever.
      return new IllegalStateException("enqueueing to '" + queue + "' broke off", e);
    }
  }

  private static ScriptArguments encode(List<Message> messages) {
    ScriptArguments arguments = new ScriptArguments();
    for (Message message : messages) {
      String key = message.key();
      arguments
          .add(message.id())
          .add(new Envelope(message.body(), message.headers()).encode())
          .add(Delays.millis(message.delay()))
          .add(key == null ? "-" : "+" + KeyText.escape(key))
          .add(message.priority());
    }
    return arguments;
  }
}
