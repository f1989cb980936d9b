package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.util.Optional;

/** A server that was there before us. */
record GivenRedis(String url, String version) implements RedisService {

  /**
   * @throws EmbeddedServerException if it cannot be reached
   */
  static GivenRedis reach(RedisUrl address, String url) {
    try (PlainRedisConnection connection = PlainRedisConnection.open(address.login())) {
      String version = connection.info("server", "redis_version");
      if (version == null) {
        throw new IOException("it does not tell its version");
      }
      return new GivenRedis(url, version);
    } catch (IOException e) {
      throw new EmbeddedServerException("Redis cannot be reached at " + address, e);
    }
  }

  @Override
  public Optional<ServerControl> control() {
    return Optional.empty();
  }
}
