package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.embedded.PlainRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Commands to one server that a client of the whole arrangement does not send. */
record ServerCommand(int port) {

  /** Sends words and returns a status or a text. */
  String call(String words) {
    try (PlainRedisConnection server =
        PlainRedisConnection.open(PlainRedisConnection.Login.of("127.0.0.1", port))) {
      return server.command(words.split(" "));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask the server on port " + port, e);
    }
  }
}
