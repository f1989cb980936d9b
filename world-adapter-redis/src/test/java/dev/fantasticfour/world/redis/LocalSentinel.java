package dev.fantasticfour.world.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.RedisServerOptions;
import java.util.ArrayList;
import java.util.List;

/** A master, its replica, and the Sentinel that names the master. */
final class LocalSentinel implements AutoCloseable {

  private static final String MASTER = "main";

  private final List<EmbeddedRedis> servers = new ArrayList<>();

  private LocalSentinel() {}

  /** Starts it and waits until the Sentinel has found the replica. */
  static LocalSentinel start() {
    LocalSentinel local = new LocalSentinel();
    try {
      local.join();
      return local;
    } catch (RuntimeException | Error e) {
      local.close();
      throw e;
    }
  }

  private void join() {
    EmbeddedRedis master = add(RedisServerOptions.defaults());
    add(RedisServerOptions.defaults().withSetting("replicaof", "127.0.0.1 " + master.port()));
    EmbeddedRedis sentinel =
        add(
            RedisServerOptions.defaults()
                .asSentinelOf(MASTER, master.port())
                .withSetting("sentinel down-after-milliseconds " + MASTER, "1000")
                .withSetting("sentinel failover-timeout " + MASTER, "5000"));
    ServerCommand command = new ServerCommand(sentinel.port());
    Eventually.assertThat(
        () -> assertThat(command.call("INFO sentinel")).contains("status=ok", "slaves=1"));
  }

  private EmbeddedRedis add(RedisServerOptions options) {
    EmbeddedRedis server = EmbeddedRedis.start(options);
    servers.add(server);
    return server;
  }

  /** The master as it was at the start dies. */
  void killMaster() {
    servers.getFirst().kill();
  }

  WorldConfig config() {
    return WorldConfig.defaults()
        .withRedis(
            RedisOptions.ofUrl(
                "redis-sentinel://127.0.0.1:" + servers.getLast().port() + "/" + MASTER));
  }

  @Override
  public void close() {
    servers.reversed().forEach(EmbeddedRedis::close);
  }
}
