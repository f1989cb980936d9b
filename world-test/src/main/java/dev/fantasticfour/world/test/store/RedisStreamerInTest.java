package dev.fantasticfour.world.test.store;

import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStreamer;
import java.util.List;
import java.util.function.Consumer;

/** A streamer on Redis that shows when something goes through it. */
final class RedisStreamerInTest extends ForwardingStreamer {

  private final Traffic traffic;

  RedisStreamerInTest(Streamer inner, Traffic traffic) {
    super(inner);
    this.traffic = traffic;
  }

  @Override
  public void announce(String channel, List<String> messages) {
    traffic.stir();
    super.announce(channel, messages);
    traffic.stir();
  }

  @Override
  public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
    return super.listen(
        channel,
        message -> {
          traffic.begin();
          try {
            listener.accept(message);
          } finally {
            traffic.end();
          }
        },
        gap);
  }
}
