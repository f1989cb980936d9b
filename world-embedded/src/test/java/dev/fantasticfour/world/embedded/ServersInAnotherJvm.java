package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Main program that starts both servers, tells their processes and directories, and ends in the way
 * it is told to. A second argument is the directory where PostgreSQL keeps its data.
 */
final class ServersInAnotherJvm {
  private ServersInAnotherJvm() {}

  public static void main(String[] arguments) throws IOException {
    EmbeddedPostgres postgres =
        arguments.length < 2
            ? EmbeddedPostgres.start()
            : EmbeddedPostgres.start(Path.of(arguments[1]), PostgresServerOptions.defaults());
    EmbeddedRedis redis = EmbeddedRedis.start();
    if (arguments[0].equals("pauseAndWait")) {
      postgres.pause();
      redis.pause();
    }
    System.out.println(postgres.processId());
    System.out.println(redis.processId());
    System.out.println(postgres.home());
    System.out.println(redis.home());
    switch (arguments[0]) {
      case "wait", "pauseAndWait" -> System.in.read();
      case "throw" -> throw new IllegalStateException("thrown on purpose");
      default -> System.out.flush();
    }
  }
}
