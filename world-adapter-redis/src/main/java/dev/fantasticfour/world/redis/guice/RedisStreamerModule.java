package dev.fantasticfour.world.redis.guice;

import com.google.inject.AbstractModule;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.redis.RedisConnection;
import dev.fantasticfour.world.redis.RedisExamination;
import dev.fantasticfour.world.redis.RedisKeys;
import dev.fantasticfour.world.redis.RedisStreamer;
import dev.fantasticfour.world.redis.StreamSettings;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * Binds {@link Streamer} to Redis; nothing else is bound. Closing the streamer closes its client.
 */
public final class RedisStreamerModule extends AbstractModule {

  private final WorldConfig config;
  private final @Nullable RedissonClient given;

  /** With a client of its own, made from the configuration. */
  public RedisStreamerModule(WorldConfig config) {
    this(config, null);
  }

  /** With a client that somebody else closes, or with one of its own when that is null. */
  public RedisStreamerModule(WorldConfig config, @Nullable RedissonClient given) {
    this.config = config;
    this.given = given;
  }

  @Override
  protected void configure() {
    bind(Streamer.class).toProvider(this::streamer).in(Singleton.class);
  }

  // One method for all: Guice tries every singleton that failed once more for each that needs it,
  // and a server that does not answer would be waited for as often.
  private Streamer streamer() {
    RedisConnection connection =
        given == null ? RedisExamination.open(config) : RedisConnection.of(given);
    return new RedisStreamer(
        connection, new RedisKeys(config.jobPrefix()), StreamSettings.defaults());
  }
}
