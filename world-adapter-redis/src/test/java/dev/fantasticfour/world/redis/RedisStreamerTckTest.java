package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.StreamerTck;
import java.util.UUID;

/** Redis keeps every promise of a streamer. */
final class RedisStreamerTckTest extends StreamerTck {

  @Override
  public Harness<Streamer> harness() {
    WorldConfig config =
        WorldConfig.defaults().withRedis(RedisOptions.ofUrl(Services.redis().url()));
    RedisKeys keys = new RedisKeys("tck-" + UUID.randomUUID() + "_");
    StreamSettings settings = StreamSettings.defaults();
    return Harness.<Streamer>of(
            () -> new RedisStreamer(RedisConnection.open(config), keys, settings))
        .withRounds(20);
  }
}
