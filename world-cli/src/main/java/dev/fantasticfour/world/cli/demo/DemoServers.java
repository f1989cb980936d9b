package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.server.PostgresAddress;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.embedded.EmbeddedPostgres;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.PostgresServerOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL and the Redis of a demo: those of the environment, or servers of its own, which
 * end with this JVM however it ends.
 *
 * @param variables the environment of a worker
 * @param shared whether anybody else may be using the PostgreSQL
 * @param owned what stops the servers that were started
 */
record DemoServers(
    WorldConfig config,
    Map<String, String> variables,
    boolean shared,
    String postgresVersion,
    String redisVersion,
    List<Runnable> owned)
    implements AutoCloseable {

  /**
   * Finds or starts the servers.
   *
   * @param data where an own PostgreSQL keeps its data, null to keep none
   */
  static DemoServers open(Session session, @Nullable Path data) throws Exception {
    WorldConfig given = session.config();
    boolean givenPostgres = given.connectionString() != null;
    boolean givenRedis = !session.variable(session.redisVariable()).isEmpty();
    List<Runnable> owned = new ArrayList<>();
    Map<String, String> variables = new LinkedHashMap<>(session.variables());
    CompletableFuture<EmbeddedRedis> redis =
        givenRedis ? null : CompletableFuture.supplyAsync(EmbeddedRedis::start);
    WorldConfig config = given;
    try {
      if (!givenPostgres) {
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(
                data == null ? null : data.resolve("postgres"), PostgresServerOptions.defaults());
        owned.add(postgres::close);
        variables.put(WorldConfig.POSTGRES_URL, postgres.url());
        config = config.withConnectionString(postgres.url());
      }
      if (redis != null) {
        EmbeddedRedis started = redis.join();
        owned.add(started::close);
        variables.put(WorldConfig.REDIS_URL, started.url());
        config = config.withRedis(RedisOptions.ofUrl(started.url()));
      }
      return described(session, config, variables, givenPostgres, owned);
    } catch (CompletionException e) {
      closeAll(owned);
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (RuntimeException | SQLException e) {
      closeAll(owned);
      throw e;
    }
  }

  private static DemoServers described(
      Session session,
      WorldConfig config,
      Map<String, String> variables,
      boolean shared,
      List<Runnable> owned)
      throws Exception {
    String name =
        "world_demo_"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).substring(0, 8);
    try (Connection connection = Reach.postgres(config);
        var redis = Reach.redis(session, config)) {
      // Not among anybody's tables, and not among those of an earlier demo in the same directory.
      boolean fresh = !shared && !Reach.hasTables(connection, config.withSchema("public"));
      WorldConfig own =
          config
              .withSchema(fresh ? "public" : name)
              .withStorage("postgres")
              .withQueue("redis")
              .withStreamer("redis")
              .withApplication("world-demo")
              .withJobPrefix(name + "_");
      variables.put("WORKFLOW_POSTGRES_SCHEMA", own.schema());
      variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", own.jobPrefix());
      variables.put("WORKFLOW_APPLICATION", own.application());
      variables.put("WORKFLOW_STORAGE", own.storage());
      variables.put("WORKFLOW_QUEUE", own.queue());
      variables.put("WORKFLOW_STREAMER", own.streamer());
      String redisVersion = redis.info("server", "redis_version");
      return new DemoServers(
          own,
          variables,
          shared,
          connection.getMetaData().getDatabaseProductVersion(),
          redisVersion == null ? "unknown" : redisVersion,
          owned);
    }
  }

  /** Where they are and whose, for people. */
  String text() {
    return "PostgreSQL %s at %s (%s), Redis %s at %s"
        .formatted(
            postgresVersion,
            PostgresAddress.of(config).place(),
            shared ? "given; the demo keeps to its own schema " + config.schema() : "started",
            redisVersion,
            Reach.place(config.redis()));
  }

  @Override
  public void close() {
    closeAll(owned);
  }

  private static void closeAll(List<Runnable> owned) {
    owned.reversed().forEach(Runnable::run);
  }
}
