package dev.fantasticfour.world.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.util.function.Consumer;

/**
 * Binds {@link World} and {@link WorldClient}. Needs bindings of the three ports: install the
 * module of one adapter for each beside it.
 */
public final class WorldModule extends AbstractModule {

  private final WorldConfig config;
  private final Consumer<Registrations> registrations;

  /**
   * @param registrations what this node can execute
   */
  public WorldModule(WorldConfig config, Consumer<Registrations> registrations) {
    this.config = config;
    this.registrations = registrations;
  }

  @Override
  protected void configure() {
    bind(PayloadCodec.class).to(JacksonPayloadCodec.class).in(Singleton.class);
    bind(World.class).to(EngineWorld.class);
    requireBinding(Storage.class);
    requireBinding(Queue.class);
    requireBinding(Streamer.class);
  }

  @Provides
  @Singleton
  JacksonPayloadCodec codec() {
    return new JacksonPayloadCodec();
  }

  @Provides
  @Singleton
  EngineWorld world(PayloadCodec codec, Storage storage, Queue queue, Streamer streamer) {
    Registry registry = new Registry();
    registrations.accept(registry);
    return new EngineWorld(config, storage, queue, streamer, codec, IdSource.system(), registry);
  }

  @Provides
  WorldClient client(World world) {
    return world.client();
  }
}
