package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The queue on Redis lists.
 *
 * <p><b>Guarantees.</b> Those of {@link Queue}. What is stored survives processes, and the server
 * as far as its own persistence goes. A message is in exactly one place at a time and every move is
 * one script, so none is lost between two. Delivered to whoever holds its lease; an
 * answer counts only with the token of that lease.
 *
 * <p><b>Concurrency.</b> Enqueueing callers and answering handlers are folded: whatever waits goes
 * in one call. Each subscription costs one platform thread and one connection that waits in a
 * blocking pop.
 *
 * <p><b>Failure.</b> {@code UNAVAILABLE} within about four seconds, naming variable, host and port.
 * Subscriptions go on by themselves, also on a server that has lost all keys.
 */
public final class RedisQueue implements Queue {

  private static final int LANES = 8;

  private final RedisConnection connection;
  private final RedisKeys keys;
  private final QueueSettings settings;
  private final DeadLetters deadLetters;
  private final List<EnqueueLane> lanes = new ArrayList<>();
  private final Set<RedisSubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param connection closed with this queue
   */
  public RedisQueue(RedisConnection connection, RedisKeys keys, QueueSettings settings) {
    this.connection = connection;
    this.keys = keys;
    this.settings = settings;
    this.deadLetters = new DeadLetters(connection, keys);
    for (int i = 0; i < LANES; i++) {
      lanes.add(new EnqueueLane(connection, keys));
    }
  }

  /**
   * Opens a queue without Guice.
   *
   * @throws WorldException {@code UNAVAILABLE} when the server refuses user or password; one that
   *     is away is waited for
   */
  public static RedisQueue open(WorldConfig config) {
    return new RedisQueue(
        RedisConnection.open(config), new RedisKeys(config.jobPrefix()), QueueSettings.of(config));
  }

  @Override
  public void enqueue(List<Message> messages) {
    requireOpen();
    Map<String, List<Message>> byQueue = new LinkedHashMap<>();
    for (Message message : messages) {
      requireName(message.queue());
      byQueue.computeIfAbsent(message.queue(), q -> new ArrayList<>()).add(message);
    }
    byQueue.forEach(
        (queue, list) -> lanes.get(Math.floorMod(queue.hashCode(), LANES)).enqueue(queue, list));
  }

  @Override
  public Subscription subscribe(String queue, int concurrency, Handler handler) {
    requireOpen();
    requireName(queue);
    if (concurrency < 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "concurrency must be at least 1, is " + concurrency);
    }
    ConsumerLoop loop = new ConsumerLoop(connection, keys, queue, concurrency, handler, settings);
    RedisSubscription subscription = new RedisSubscription(queue, loop, subscriptions::remove);
    subscriptions.add(subscription);
    subscription.start();
    if (closed.get()) {
      // Lost the race with a close, which may not have seen it.
      subscription.close(Duration.ZERO);
      requireOpen();
    }
    return subscription;
  }

  @Override
  public Set<String> missing(String queue, Collection<String> wanted) {
    requireOpen();
    requireName(queue);
    List<String> asked = List.copyOf(wanted);
    Set<String> missing = new LinkedHashSet<>();
    if (asked.isEmpty()) {
      return missing;
    }
    ScriptArguments arguments = new ScriptArguments();
    asked.forEach(key -> arguments.add(KeyText.escape(key)));
    ScriptReply reply =
        connection.insist(
            "look for messages in '" + queue + "'",
            LuaScript.MISSING,
            keys.queue(queue),
            arguments);
    while (reply.hasNext()) {
      missing.add(asked.get((int) reply.number() - 1));
    }
    return missing;
  }

  @Override
  public Stats stats(String queue) {
    requireOpen();
    requireName(queue);
    ScriptReply reply =
        connection.insist(
            "count queue '" + queue + "'",
            LuaScript.STATS,
            keys.queue(queue),
            new ScriptArguments());
    return new Stats(
        reply.number(),
        reply.number(),
        reply.number(),
        reply.number(),
        Duration.ofMillis(reply.number()));
  }

  @Override
  public Page<DeadLetter> dead(String queue, PageRequest page) {
    requireOpen();
    requireName(queue);
    return deadLetters.page(queue, page);
  }

  @Override
  public boolean revive(String queue, String messageId) {
    requireOpen();
    requireName(queue);
    return deadLetters.revive(queue, messageId);
  }

  @Override
  public boolean drop(String queue, String messageId) {
    requireOpen();
    requireName(queue);
    return deadLetters.drop(queue, messageId);
  }

  @Override
  public Set<String> queues() {
    requireOpen();
    Set<String> queues = new TreeSet<>();
    connection.keys("list the queues", keys.bodies()).forEach(key -> queues.add(keys.queueOf(key)));
    return queues;
  }

  @Override
  public String version() {
    requireOpen();
    return connection.version();
  }

  @Override
  public Set<Capability> declined() {
    return Set.of();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<RedisSubscription> open = List.copyOf(subscriptions);
    open.forEach(RedisSubscription::refuseMore);
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    for (RedisSubscription subscription : open) {
      subscription.close(Duration.ofNanos(deadline - System.nanoTime()));
    }
    connection.close();
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new WorldException(ErrorCode.CLOSED, "the queue is closed");
    }
  }

  private static void requireName(String queue) {
    if (queue.isEmpty() || queue.indexOf(0) >= 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "a queue must have a name without NUL, not '" + queue + "'");
    }
  }
}
