package dev.fantasticfour.world.bench.subject;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import dev.fantasticfour.world.redis.guice.RedisQueueProvider;
import dev.fantasticfour.world.redis.guice.RedisStreamerProvider;
import java.util.function.Consumer;

/**
 * Opens worlds that nobody observes: the bridges are on the class path of this module, for the row
 * that measures what they cost, and {@link World#create} would find them.
 */
public final class Worlds {

  private Worlds() {}

  /** One with that configuration, not started. */
  public static World open(WorldConfig config, Consumer<Registrations> registrations) {
    return open(config, registrations, Observer.NONE);
  }

  /** The same, seen by that. */
  static World open(WorldConfig config, Consumer<Registrations> registrations, Observer observer) {
    Registry registry = new Registry();
    registrations.accept(registry);
    return new EngineWorld(
        config,
        new PostgresStorageOpener(config).open(),
        new RedisQueueProvider().open(config),
        new RedisStreamerProvider().open(config),
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        new SystemMachine(),
        observer);
  }
}
