package dev.fantasticfour.world.example.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.guice.MemoryModule;
import dev.fantasticfour.world.core.guice.WorldModule;
import dev.fantasticfour.world.postgres.guice.PostgresStorageModule;
import dev.fantasticfour.world.redis.guice.RedisQueueModule;
import dev.fantasticfour.world.redis.guice.RedisStreamerModule;

/** The application: its workflow, the engine, and the adapters of this deployment. */
public final class GreetingModule extends AbstractModule {

  private final WorldConfig config;

  public GreetingModule(WorldConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(Greetings.class).toInstance(name -> "Hello, " + name);
    Provider<GreetingWorkflow> workflow = getProvider(GreetingWorkflow.class);
    bind(GreetingWorkflow.class);
    install(new WorldModule(config, w -> w.register(GreetingWorkflow.TYPE, workflow.get())));
    if (config.storage().equals("memory")) {
      install(new MemoryModule());
    } else {
      install(new PostgresStorageModule(config));
      install(new RedisQueueModule(config));
      install(new RedisStreamerModule(config));
    }
  }
}
