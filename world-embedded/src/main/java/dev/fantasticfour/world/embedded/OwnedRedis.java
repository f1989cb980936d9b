package dev.fantasticfour.world.embedded;

import java.util.Optional;

/** An embedded server that is shared. */
record OwnedRedis(EmbeddedRedis server) implements RedisService {

  @Override
  public String url() {
    return server.url();
  }

  @Override
  public String version() {
    return server.version();
  }

  @Override
  public Optional<ServerControl> control() {
    return Optional.of(new Control(server));
  }

  private record Control(EmbeddedRedis server) implements ServerControl {
    @Override
    public void stop() {
      server.kill();
    }

    @Override
    public void start() {
      server.startAgain();
    }

    @Override
    public void pause() {
      server.pause();
    }

    @Override
    public void resume() {
      server.resume();
    }
  }
}
