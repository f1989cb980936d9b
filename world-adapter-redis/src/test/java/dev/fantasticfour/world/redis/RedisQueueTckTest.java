package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.QueueTck;
import java.time.Duration;
import java.util.UUID;

/** Redis keeps every promise of a queue. */
final class RedisQueueTckTest extends QueueTck {

  @Override
  public Harness<Queue> harness() {
    WorldConfig config =
        WorldConfig.defaults().withRedis(RedisOptions.ofUrl(Services.redis().url()));
    RedisKeys keys = new RedisKeys("tck-" + UUID.randomUUID() + "_");
    QueueSettings settings =
        RedisFixture.FAST.withPauses(Duration.ofMillis(1), Duration.ofMillis(4));
    return Harness.of(() -> new RedisQueue(RedisConnection.open(config), keys, settings));
  }
}
