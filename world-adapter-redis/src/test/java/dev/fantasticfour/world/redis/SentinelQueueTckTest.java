package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.QueueTck;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;

/** A queue on a master that Sentinel names keeps every promise. */
@Tag("topology")
final class SentinelQueueTckTest extends QueueTck {

  @Override
  public Harness<Queue> harness() {
    LocalSentinel servers = LocalSentinel.start();
    WorldConfig config = servers.config();
    RedisKeys keys = new RedisKeys("tck-" + UUID.randomUUID() + "_");
    QueueSettings settings =
        RedisFixture.FAST.withPauses(Duration.ofMillis(1), Duration.ofMillis(4));
    return Harness.<Queue>of(() -> new RedisQueue(RedisConnection.open(config), keys, settings))
        .closedBy(servers::close);
  }
}
