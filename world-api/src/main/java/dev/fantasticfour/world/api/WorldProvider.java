package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.util.function.Consumer;

/**
 * Implemented by the engine and found by {@link java.util.ServiceLoader}; applications call {@link
 * World#create}.
 */
public interface WorldProvider {

  /** Opens a world. */
  World create(WorldConfig config, Consumer<Registrations> registrations);
}
