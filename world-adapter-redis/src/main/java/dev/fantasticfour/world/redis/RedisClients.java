package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisWrongPasswordException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.EqualJitterDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SubscriptionMode;

/** Makes Redisson clients from options. */
final class RedisClients {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 3_000;
  private static final int CONNECTIONS = 64;
  private static final int IDLE_CONNECTIONS = 2;
  private static final int LISTENING_CONNECTIONS = 8;
  private static final int STREAMS_PER_CONNECTION = 1_000;

  private RedisClients() {}

  /** How errors call the server: the variable and the address, never a password. */
  static String describe(RedisOptions options) {
    return "Redis at " + String.join(", ", options.nodes()) + " (" + WorldConfig.REDIS_URL + ")";
  }

  /**
   * Connects, or says within five seconds why not.
   *
   * @throws WorldException {@code UNAVAILABLE} naming variable, host and port
   */
  static RedissonClient connect(RedisOptions options) {
    // Knocks first: Redisson would log a page about a server that is simply not there.
    IOException unreachable = knock(options);
    if (unreachable != null) {
      throw new WorldException(
          ErrorCode.UNAVAILABLE,
          describe(options) + " cannot be reached: " + unreachable.getMessage(),
          unreachable);
    }
    try {
      return create(options);
    } catch (RuntimeException e) {
      throw translated(options, e);
    }
  }

  private static RedissonClient create(RedisOptions options) {
    try {
      return Redisson.create(config(options));
    } catch (RuntimeException e) {
      if (!says(e, "NOPERM")) {
        throw e;
      }
      // The command that gives connections a name counts as dangerous; they do without.
      return Redisson.create(config(options, null));
    }
  }

  private static WorldException translated(RedisOptions options, RuntimeException e) {
    if (says(e, "DB index") || says(e, "NOPERM")) {
      return new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          describe(options)
              + (says(e, "NOPERM")
                  ? " does not permit this user to connect as World does; see docs/operating.md"
                  : " has no database " + options.database()),
          RedisErrors.shown(e));
    }
    boolean refused = isRefused(e);
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        describe(options) + (refused ? " refuses user or password" : " does not answer"),
        // What is said of a login has no secret in it, and whoever opens looks for it.
        refused ? e : RedisErrors.shown(e));
  }

  private static boolean says(Throwable thrown, String words) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(words)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the server is there, and refuses user or password. */
  static boolean isRefused(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof RedisAuthRequiredException
          || cause instanceof RedisWrongPasswordException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  static Config config(RedisOptions options) {
    return config(options, "world");
  }

  /**
   * @param name of the connections, or null
   */
  private static Config config(RedisOptions options, @Nullable String name) {
    Config config =
        new Config()
            .setCodec(ByteArrayCodec.INSTANCE)
            .setUsername(options.user())
            .setPassword(options.password())
            .setThreads(4)
            .setNettyThreads(4);
    // Arguments are bytes; to look whether each is a live object takes longer than to send it.
    config.setReferenceEnabled(false);
    String scheme = options.tls() ? "rediss://" : "redis://";
    String[] addresses = options.nodes().stream().map(scheme::concat).toArray(String[]::new);
    switch (options.mode()) {
      case SINGLE ->
          common(config.useSingleServer(), name)
              .setAddress(addresses[0])
              .setDatabase(options.database())
              .setConnectionPoolSize(CONNECTIONS)
              .setConnectionMinimumIdleSize(IDLE_CONNECTIONS)
              .setSubscriptionConnectionPoolSize(LISTENING_CONNECTIONS)
              .setSubscriptionConnectionMinimumIdleSize(1);
      case SENTINEL ->
          masterOnly(common(config.useSentinelServers(), name))
              .setMasterName(options.sentinelMaster())
              .setDatabase(options.database())
              .setCheckSentinelsList(false)
              .addSentinelAddress(addresses);
      case CLUSTER ->
          masterOnly(common(config.useClusterServers(), name)).addNodeAddress(addresses);
    }
    return config;
  }

  private static <T extends BaseConfig<T>> T common(T server, @Nullable String name) {
    return server
        .setClientName(name)
        .setConnectTimeout(CONNECT_MILLIS)
        .setTimeout(ANSWER_MILLIS)
        .setSubscriptionTimeout(ANSWER_MILLIS)
        .setSubscriptionsPerConnection(STREAMS_PER_CONNECTION)
        // Whether an operation may be repeated is for its caller to know.
        .setRetryAttempts(0)
        .setReconnectionDelay(new EqualJitterDelay(Duration.ofMillis(100), Duration.ofSeconds(2)));
  }

  private static <T extends BaseMasterSlaveServersConfig<T>> T masterOnly(T server) {
    return server
        .setReadMode(ReadMode.MASTER)
        .setSubscriptionMode(SubscriptionMode.MASTER)
        .setMasterConnectionPoolSize(CONNECTIONS)
        .setMasterConnectionMinimumIdleSize(IDLE_CONNECTIONS)
        .setSubscriptionConnectionPoolSize(LISTENING_CONNECTIONS)
        .setSubscriptionConnectionMinimumIdleSize(1);
  }

  /** Null when one of the nodes takes a connection, else why the last does not. */
  private static @Nullable IOException knock(RedisOptions options) {
    IOException last = null;
    int patience = CONNECT_MILLIS / options.nodes().size() + 1;
    for (String node : options.nodes()) {
      int colon = node.lastIndexOf(':');
      String host = node.substring(0, colon).replace("[", "").replace("]", "");
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(host, Integer.parseInt(node.substring(colon + 1))), patience);
        return null;
      } catch (IOException e) {
        last = e;
      }
    }
    return last;
  }
}
