package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.Facility;
import dev.fantasticfour.world.tck.Harness;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** How the queue kit opens and crashes queues, whatever servers they are on. */
final class QueueHarness {

  private final RedisKeys keys = new RedisKeys("tck-" + UUID.randomUUID() + "_");
  private final QueueSettings settings =
      RedisFixture.FAST.withPauses(Duration.ofMillis(1), Duration.ofMillis(4));
  private final Map<Queue, RedisConnection> connections = new ConcurrentHashMap<>();

  /** Queues whose way to their servers cannot be cut. */
  static Harness<Queue> of(WorldConfig config) {
    return new QueueHarness()
        .over(config)
        .without(Facility.OUTAGE, "the servers themselves say how they are reached");
  }

  /** Queues under keys nobody used before; a crash takes a queue its connection. */
  Harness<Queue> over(WorldConfig config) {
    return Harness.of(() -> open(config))
        .withCrash(queue -> Objects.requireNonNull(connections.get(queue)).close())
        .without(Facility.CLOCK, "the server's clock is everybody's");
  }

  Queue open(WorldConfig config) {
    RedisConnection connection = RedisConnection.open(config);
    Queue queue = new RedisQueue(connection, keys, settings);
    connections.put(queue, connection);
    return queue;
  }
}
