package dev.fantasticfour.world.redis.guice;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.redis.RedisConnection;
import dev.fantasticfour.world.redis.RedisKeys;
import dev.fantasticfour.world.redis.RedisStreamer;
import dev.fantasticfour.world.redis.StreamSettings;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * Binds {@link Streamer} to Redis; everything else stays inside. Closing the streamer closes its
 * client.
 */
public final class RedisStreamerModule extends PrivateModule {

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
    bind(RedisKeys.class).toInstance(new RedisKeys(config.jobPrefix()));
    bind(StreamSettings.class).toInstance(StreamSettings.defaults());
    bind(RedisStreamer.class).in(Scopes.SINGLETON);
    bind(Streamer.class).to(RedisStreamer.class);
    expose(Streamer.class);
  }

  @Provides
  @Singleton
  RedisConnection connection() {
    return given == null ? RedisConnection.open(config) : RedisConnection.of(given);
  }
}
