package dev.fantasticfour.world.redis.guice;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;

/** Makes {@link Queue} on Redis known as {@code redis}. */
public final class RedisQueueProvider implements QueueProvider {

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Queue open(WorldConfig config) {
    return StrictInjector.create(Queue.class, new RedisQueueModule(config));
  }
}
