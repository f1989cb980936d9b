package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.config.WorldConfig;

/**
 * Makes a {@link Queue} known by name to applications that choose adapters by runtime dependency
 * and environment. Found by {@link java.util.ServiceLoader}; needs a public constructor without
 * arguments.
 */
public interface QueueProvider {

  /** The name used in the configuration. */
  String name();

  /**
   * Opens the adapter.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_CONFIGURATION} naming
   *     the setting that is missing or wrong; {@code UNAVAILABLE} naming setting, host and port
   *     when the server does not answer
   */
  Queue open(WorldConfig config);
}
