package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.QueueTck;

/** Redis keeps every promise of a queue. */
final class RedisQueueTckTest extends QueueTck {

  @Override
  public Harness<Queue> harness() {
    return QueueHarness.of(WorldConfig.defaults().withRedis(RedisFixture.options()));
  }
}
