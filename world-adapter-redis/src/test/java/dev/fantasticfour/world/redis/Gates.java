package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.tck.TcpGate;
import java.net.URI;

/** Ways to the shared server: a direct one, and such as can be cut. */
final class Gates {

  private static final int USUAL_PORT = 6379;

  private Gates() {}

  static TcpGate beforeRedis() {
    URI server = URI.create(Services.redis().url());
    return new TcpGate(server.getHost(), server.getPort() < 0 ? USUAL_PORT : server.getPort());
  }

  static WorldConfig direct() {
    return WorldConfig.defaults().withRedis(RedisFixture.options());
  }

  static WorldConfig through(TcpGate gate) {
    String url =
        Services.redis()
            .url()
            .replaceFirst("(://(?:[^/@]*@)?)[^/@]+", "$1" + gate.host() + ":" + gate.port());
    return WorldConfig.defaults().withRedis(RedisOptions.ofUrl(url));
  }
}
