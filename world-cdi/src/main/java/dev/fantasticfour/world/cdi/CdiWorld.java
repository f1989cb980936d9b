package dev.fantasticfour.world.cdi;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.guice.Adapters;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A world that is open before it is known what it can execute: beans that are registered with it
 * may need its client. Safe for any number of threads.
 */
public final class CdiWorld implements AutoCloseable {

  private final WorldConfig config;
  private final World world;
  private final Registrations registrations;
  private volatile boolean working;

  private CdiWorld(WorldConfig config, World world, Registrations registrations) {
    this.config = config;
    this.world = world;
    this.registrations = registrations;
  }

  /** Opens one; a codec of null is that of World. */
  static CdiWorld open(WorldConfig config, @Nullable PayloadCodec codec) {
    AtomicReference<Registrations> registry = new AtomicReference<>();
    World world = Adapters.named(config).open(config, registry::set, codec);
    return new CdiWorld(config, world, Objects.requireNonNull(registry.get()));
  }

  /** With what it was opened. */
  public WorldConfig config() {
    return config;
  }

  /** The world. */
  public World world() {
    return world;
  }

  /** Whether this process executes anything, or only starts runs. */
  public boolean isWorking() {
    return working;
  }

  /** Takes registrations until the workers start. */
  Registrations registrations() {
    return registrations;
  }

  void start() {
    world.start();
    working = true;
  }

  /** Closes the world; its workers have ended by then, unless the container never came so far. */
  @Override
  public void close() {
    world.close();
  }
}
