package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Facility;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.StreamerTck;
import java.util.UUID;
import org.junit.jupiter.api.Tag;

/** A streamer on a master that Sentinel names keeps every promise. */
@Tag("topology")
final class SentinelStreamerTckTest extends StreamerTck {

  @Override
  public Harness<Streamer> harness() {
    LocalSentinel servers = LocalSentinel.start();
    WorldConfig config = servers.config();
    RedisKeys keys = new RedisKeys("tck-" + UUID.randomUUID() + "_");
    StreamSettings settings = StreamSettings.defaults();
    return Harness.<Streamer>of(
            () -> new RedisStreamer(RedisConnection.open(config), keys, settings))
        .withRounds(20)
        .without(Facility.OUTAGE, "the servers themselves say how they are reached")
        .closedBy(servers::close);
  }
}
