package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.embedded.PlainRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Commands to one server that a client of the whole arrangement does not send. */
record ServerCommand(int port, @Nullable String password) {

  ServerCommand(int port) {
    this(port, null);
  }

  /** Sends words and returns a status or a text. */
  String call(String words) {
    try (PlainRedisConnection server =
        PlainRedisConnection.open(
            new PlainRedisConnection.Login("127.0.0.1", port, false, null, password))) {
      return server.command(words.split(" "));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask the server on port " + port, e);
    }
  }
}
