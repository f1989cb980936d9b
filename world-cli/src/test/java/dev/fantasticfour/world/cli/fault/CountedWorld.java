package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Node;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.postgres.guice.PostgresStorageProvider;
import dev.fantasticfour.world.redis.guice.RedisQueueProvider;
import dev.fantasticfour.world.redis.guice.RedisStreamerProvider;
import java.time.Duration;
import java.util.function.Consumer;

/** A world in this JVM over the real servers, all of whose calls are counted. */
final class CountedWorld implements AutoCloseable {

  private final Counts storage = new Counts();
  private final Counts queue = new Counts();
  private final EngineWorld world;

  /**
   * @param code what it can execute
   */
  CountedWorld(WorldConfig config, Consumer<Registrations> code) {
    Registry registry = new Registry();
    code.accept(registry);
    world =
        new EngineWorld(
            config,
            storage.of(Storage.class, new PostgresStorageProvider().open(config)),
            queue.of(Queue.class, new RedisQueueProvider().open(config)),
            new RedisStreamerProvider().open(config),
            new JacksonPayloadCodec(),
            IdSource.of(new SystemMachine()),
            registry,
            new SystemMachine());
  }

  /** The same, with its workers started. */
  static CountedWorld started(WorldConfig config, Consumer<Registrations> code) {
    CountedWorld counted = new CountedWorld(config, code);
    counted.world.start();
    return counted;
  }

  WorldClient client() {
    return world.client();
  }

  Node node() {
    return world.node();
  }

  /** What it has asked of PostgreSQL. */
  Counts storage() {
    return storage;
  }

  /** What it has asked of the queue on Redis. */
  Counts queue() {
    return queue;
  }

  /** How many statements it asks for while that time passes. */
  long statementsIn(Duration time) throws InterruptedException {
    long before = storage.statements();
    Until.passed(time);
    return storage.statements() - before;
  }

  @Override
  public void close() {
    world.close(Duration.ofSeconds(1));
  }
}
