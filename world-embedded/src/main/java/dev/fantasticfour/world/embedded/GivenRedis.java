package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.util.Optional;

/** A server that was there before us. */
record GivenRedis(String url, String version) implements RedisService {

  /**
   * @throws EmbeddedServerException if it cannot be reached
   */
  static GivenRedis reach(RedisUrl address, String url) {
    try (RedisConnection connection = RedisConnection.open(address)) {
      return new GivenRedis(url, connection.information("redis_version"));
    } catch (IOException e) {
      throw new EmbeddedServerException("Redis cannot be reached at " + address, e);
    }
  }

  @Override
  public Optional<ServerControl> control() {
    return Optional.empty();
  }
}
