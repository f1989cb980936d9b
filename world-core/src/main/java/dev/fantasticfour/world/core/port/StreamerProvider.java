package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.config.WorldConfig;

/**
 * Makes a {@link Streamer} known by name to applications that choose adapters by runtime dependency
 * and environment. Found by {@link java.util.ServiceLoader}; needs a public constructor without
 * arguments.
 */
public interface StreamerProvider {

  /** The name used in the configuration. */
  String name();

  /**
   * Opens the adapter.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_CONFIGURATION} naming
   *     the setting that is missing or wrong; {@code UNAVAILABLE} naming setting, host and port
   *     when the server refuses whoever opens it. One that does not answer is waited for: what
   *     needs it is {@code UNAVAILABLE} until it does, and the rest of the world works
   */
  Streamer open(WorldConfig config);
}
