package dev.fantasticfour.world.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.memory.MemoryQueueProvider;
import dev.fantasticfour.world.core.memory.MemoryStorageProvider;
import dev.fantasticfour.world.core.memory.MemoryStreamerProvider;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;

/**
 * Binds all three ports to the memory of this process, one empty store per injector: for tests and
 * first steps.
 */
public final class MemoryModule extends AbstractModule {

  @Override
  protected void configure() {
    WorldConfig config = WorldConfig.inMemory();
    bind(Storage.class)
        .toProvider(() -> new MemoryStorageProvider().open(config))
        .in(Singleton.class);
    bind(Queue.class).toProvider(() -> new MemoryQueueProvider().open(config)).in(Singleton.class);
    bind(Streamer.class)
        .toProvider(() -> new MemoryStreamerProvider().open(config))
        .in(Singleton.class);
  }
}
