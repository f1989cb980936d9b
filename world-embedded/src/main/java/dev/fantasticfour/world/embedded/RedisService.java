package dev.fantasticfour.world.embedded;

import java.util.Optional;

/** The Redis that all tests of this JVM share, wherever it comes from. */
public sealed interface RedisService permits OwnedRedis, GivenRedis {

  /** Address: {@code redis://host:port}, with {@code user:password@} if it has a password. */
  String url();

  /** Version of the server, for example {@code 6.2.11}. */
  String version();

  /** Power over the server's process; empty where the process is not ours. */
  Optional<ServerControl> control();
}
