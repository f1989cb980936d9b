package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.network.DelayingProxy;
import dev.fantasticfour.world.bench.server.Database;
import dev.fantasticfour.world.bench.server.Servers;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the servers are reached: as they are, or through a slow network, the same for every side. */
final class Network implements AutoCloseable {

  private static final int REDIS_PORT = 6379;

  private final @Nullable DelayingProxy postgres;
  private final @Nullable DelayingProxy redis;

  private Network(@Nullable DelayingProxy postgres, @Nullable DelayingProxy redis) {
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Directly. */
  static Network near() {
    return new Network(null, null);
  }

  /** Through {@link Bench#ONE_WAY} in each direction. */
  static Network far(Servers servers) {
    Database database = servers.administration();
    URI address = servers.redisAddress();
    return new Network(
        new DelayingProxy(database.host(), database.port(), Bench.ONE_WAY),
        new DelayingProxy(
            address.getHost(),
            address.getPort() < 0 ? REDIS_PORT : address.getPort(),
            Bench.ONE_WAY));
  }

  /** The database over this network. */
  Database reach(Database database) {
    return postgres == null ? database : database.through("127.0.0.1", postgres.port());
  }

  /** Both servers over this network. */
  WorldConfig reach(WorldConfig config) {
    if (redis == null) {
      return config;
    }
    RedisOptions options = config.redis();
    return config
        .withConnectionString(reach(Database.of(config)).url())
        .withRedis(
            new RedisOptions(
                options.mode(),
                List.of("127.0.0.1:" + redis.port()),
                options.user(),
                options.password(),
                options.tls(),
                options.database(),
                options.sentinelMaster()));
  }

  @Override
  public void close() {
    if (postgres != null) {
      postgres.close();
    }
    if (redis != null) {
      redis.close();
    }
  }
}
