package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Outage;
import dev.fantasticfour.world.tck.StreamerTck;
import dev.fantasticfour.world.tck.TcpGate;
import java.util.UUID;

/** Redis keeps every promise of a streamer. */
final class RedisStreamerTckTest extends StreamerTck {

  @Override
  public Harness<Streamer> harness() {
    RedisKeys keys = new RedisKeys("tck-" + UUID.randomUUID() + "_");
    TcpGate gate = Gates.beforeRedis();
    return Harness.of(() -> open(Gates.direct(), keys))
        .withOutage(Outage.at(gate, () -> open(Gates.through(gate), keys)))
        .closedBy(gate::close);
  }

  private static Streamer open(WorldConfig config, RedisKeys keys) {
    return new RedisStreamer(RedisConnection.open(config), keys, StreamSettings.defaults());
  }
}
