package dev.fantasticfour.world.core.guice;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldProvider;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.util.function.Consumer;

/**
 * Opens a world with the adapters that the configuration names and the class path holds, for
 * applications that compile against {@code world-api} alone; every {@link
 * dev.fantasticfour.world.core.observe.Observer} on the class path sees what it does. Assembles
 * with {@link WorldModule}, as everybody does.
 */
public final class ServiceWorldProvider implements WorldProvider {

  @Override
  public World create(WorldConfig config, Consumer<Registrations> registrations) {
    // All are looked for before any is opened.
    return Adapters.named(config).open(config, registrations, null);
  }
}
