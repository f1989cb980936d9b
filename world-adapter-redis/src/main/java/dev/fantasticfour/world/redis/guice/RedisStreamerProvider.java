package dev.fantasticfour.world.redis.guice;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.StreamerProvider;

/** Makes {@link Streamer} on Redis known as {@code redis}. */
public final class RedisStreamerProvider implements StreamerProvider {

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Streamer open(WorldConfig config) {
    return StrictInjector.create(Streamer.class, new RedisStreamerModule(config));
  }
}
