package dev.fantasticfour.world.bench.subject;

import com.zaxxer.hikari.HikariDataSource;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.server.Database;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Node;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.postgres.AppendCounts;
import dev.fantasticfour.world.postgres.PostgresStorage;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import dev.fantasticfour.world.redis.guice.RedisQueueProvider;
import dev.fantasticfour.world.redis.guice.RedisStreamerProvider;
import java.time.Duration;

/**
 * A node whose statements are counted, all but heartbeats, which have a connection of their own.
 */
public final class CountedWorld implements AutoCloseable {

  private final HikariDataSource pool;
  private final CountingSource source;
  private final PostgresStorage storage;
  private final EngineWorld world;

  /** One with that configuration, its workers started. */
  public CountedWorld(WorldConfig config) {
    this.pool = Pools.open(Database.of(config), config.poolSize());
    this.source = new CountingSource(pool);
    this.storage = new PostgresStorageOpener(config).over(source).open();
    Registry registry = new Registry();
    WorldFlows.register(registry);
    this.world =
        new EngineWorld(
            config,
            storage,
            new RedisQueueProvider().open(config),
            new RedisStreamerProvider().open(config),
            new JacksonPayloadCodec(),
            IdSource.of(new SystemMachine()),
            registry,
            new SystemMachine());
    world.start();
  }

  /** Its client. */
  public WorldClient client() {
    return world.client();
  }

  /** Its workers. */
  public Node node() {
    return world.node();
  }

  /** How many statements it has sent. */
  public long statements() {
    return source.taken();
  }

  /** How its batches were appended. */
  public AppendCounts appendCounts() {
    return storage.appendCounts();
  }

  @Override
  public void close() {
    world.close(Duration.ofSeconds(2));
    pool.close();
  }
}
