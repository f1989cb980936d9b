package dev.fantasticfour.world.bench.server;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.PostgresService;
import dev.fantasticfour.world.embedded.RedisService;
import dev.fantasticfour.world.embedded.Services;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The servers of one call of the benchmark: those of the environment, or embedded ones that end
 * with this JVM. Every side gets a database of its own on the same server, and every world a key
 * prefix of its own; what given servers were made to hold is removed by {@link #close}, or with the
 * end of the JVM.
 */
public final class Servers implements AutoCloseable {

  private static final int SCAN_PAGE = 1_000;

  private final PostgresService postgres;
  private final RedisService redis;
  private final RedisClient jedis;
  private final List<String> prefixes = new ArrayList<>();

  private Servers(PostgresService postgres, RedisService redis, RedisClient jedis) {
    this.postgres = postgres;
    this.redis = redis;
    this.jedis = jedis;
  }

  /**
   * Finds or starts them.
   *
   * @throws dev.fantasticfour.world.embedded.EmbeddedServerException saying what was tried
   */
  public static Servers open() {
    PostgresService postgres = Services.postgres();
    RedisService redis = Services.redis();
    return new Servers(postgres, redis, RedisClient.create(URI.create(redis.url())));
  }

  /** An empty database that nobody else uses. */
  public Database freshDatabase() {
    return new Database(postgres.freshDatabase());
  }

  /** The database that the server is administered in. */
  public Database administration() {
    return new Database(postgres.url());
  }

  /** Defaults of World on a fresh database, under a fresh prefix. */
  public WorldConfig freshConfig() {
    return WorldConfig.defaults()
        .withConnectionString(freshDatabase().url())
        .withRedis(RedisOptions.ofUrl(redis.url()))
        .withJobPrefix(freshPrefix())
        .withApplication("bench")
        .withBuildId("bench")
        .withMigrateOnStart(true);
  }

  /** What keys may start with that nobody else uses. */
  public String freshPrefix() {
    String prefix = "bench_" + UUID.randomUUID() + "_";
    prefixes.add(prefix);
    return prefix;
  }

  /** Where Redis is, with its password: for other processes, not for people. */
  public String redisUrl() {
    return redis.url();
  }

  /** Host and port of Redis. */
  public URI redisAddress() {
    return URI.create(redis.url());
  }

  /** A client of Redis that sends one command and waits for its answer. */
  public RedisClient jedis() {
    return jedis;
  }

  /** Version of PostgreSQL and whose it is, for people. */
  public String postgresText() {
    return postgres.version() + (postgres.control().isPresent() ? " (embedded)" : " (given)");
  }

  /** Version of Redis and whose it is, for people. */
  public String redisText() {
    return redis.version() + (redis.control().isPresent() ? " (embedded)" : " (given)");
  }

  @Override
  public void close() {
    try (jedis) {
      for (String prefix : prefixes) {
        removeKeys(prefix);
      }
    }
  }

  private void removeKeys(String prefix) {
    ScanParams matching = new ScanParams().match(prefix + "*").count(SCAN_PAGE);
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> page = jedis.scan(cursor, matching);
      if (!page.getResult().isEmpty()) {
        jedis.unlink(page.getResult().toArray(String[]::new));
      }
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
  }
}
