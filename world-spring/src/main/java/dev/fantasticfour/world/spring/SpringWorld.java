package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.guice.Adapters;
import dev.fantasticfour.world.core.observe.Observer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A world that is open before it is known what it can execute: beans that are registered with it
 * may need its client. Its client works from the first moment to {@link #close()}; {@link
 * WorldWorkers} starts and ends its workers. Safe for any number of threads.
 */
public final class SpringWorld implements AutoCloseable {

  /** The name of the storage that can stand on a {@code DataSource}. */
  private static final String POSTGRES = "postgres";

  private final WorldConfig config;
  private final World world;
  private final Registrations registrations;

  private SpringWorld(WorldConfig config, World world, Registrations registrations) {
    this.config = config;
    this.world = world;
    this.registrations = registrations;
  }

  /**
   * Opens a world.
   *
   * @param source what PostgreSQL is reached by, left open afterwards; null: as the configuration
   *     says. Ignored by other storages
   * @param codec what values go through; null: that of World
   * @throws dev.fantasticfour.world.api.error.WorldException as {@link World#create} does; for
   *     {@link Startup#RETRY} not because the storage does not answer
   */
  public static SpringWorld open(
      WorldConfig config,
      Startup startup,
      @Nullable DataSource source,
      @Nullable PayloadCodec codec) {
    return open(config, startup, source, codec, List.of());
  }

  /**
   * The same, seen by these as well.
   *
   * @param observers each in the place of one of its class that is found on the class path
   */
  public static SpringWorld open(
      WorldConfig config,
      Startup startup,
      @Nullable DataSource source,
      @Nullable PayloadCodec codec,
      List<Observer> observers) {
    Adapters named = Adapters.named(config);
    Adapters given =
        source == null || !config.storage().equals(POSTGRES)
            ? named
            : named.withStorage(() -> LentStorage.open(config, source));
    Adapters opened =
        switch (startup) {
          case FAIL -> given;
          case RETRY -> given.withStorage(() -> LateStorage.open(given.storage()));
        };
    AtomicReference<Registrations> registry = new AtomicReference<>();
    World world = opened.open(config, registry::set, codec, observers);
    return new SpringWorld(config, world, Objects.requireNonNull(registry.get()));
  }

  /** With what it was opened. */
  public WorldConfig config() {
    return config;
  }

  /** The world; whoever starts it by hand has nothing registered. */
  public World world() {
    return world;
  }

  /** Takes registrations until the workers start. */
  Registrations registrations() {
    return registrations;
  }

  /** Closes the world. Its workers have ended by then, unless the context never came so far. */
  @Override
  public void close() {
    world.close();
  }
}
