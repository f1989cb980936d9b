package dev.fantasticfour.world.redis.guice;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.redis.QueueSettings;
import dev.fantasticfour.world.redis.RedisConnection;
import dev.fantasticfour.world.redis.RedisKeys;
import dev.fantasticfour.world.redis.RedisQueue;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * Binds {@link Queue} to Redis; everything else stays inside. Closing the queue closes its client.
 */
public final class RedisQueueModule extends PrivateModule {

  private final WorldConfig config;
  private final @Nullable RedissonClient given;

  /** With a client of its own, made from the configuration. */
  public RedisQueueModule(WorldConfig config) {
    this(config, null);
  }

  /** With a client that somebody else closes, or with one of its own when that is null. */
  public RedisQueueModule(WorldConfig config, @Nullable RedissonClient given) {
    this.config = config;
    this.given = given;
  }

  @Override
  protected void configure() {
    bind(RedisKeys.class).toInstance(new RedisKeys(config.jobPrefix()));
    bind(QueueSettings.class).toInstance(QueueSettings.of(config));
    bind(RedisQueue.class).in(Scopes.SINGLETON);
    bind(Queue.class).to(RedisQueue.class);
    expose(Queue.class);
  }

  @Provides
  @Singleton
  RedisConnection connection() {
    return given == null ? RedisConnection.open(config) : RedisConnection.of(given);
  }
}
