package dev.fantasticfour.world.cli.dev;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.embedded.EmbeddedPostgres;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.FreePort;
import dev.fantasticfour.world.embedded.PostgresServerOptions;
import dev.fantasticfour.world.embedded.RedisServerOptions;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world dev}. */
@Command(
    name = "dev",
    description = {
      "Start a PostgreSQL and a Redis to develop with, migrated, until Ctrl-C.",
      "Prints the variables that lead to them, which stay the same from start to start.",
      "What PostgreSQL holds is kept in the data directory; Redis starts empty."
    })
public final class DevCommand implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Option(
      names = "--data-dir",
      paramLabel = "DIRECTORY",
      defaultValue = ".world/dev",
      description = "where PostgreSQL keeps its data (default: ${DEFAULT-VALUE})")
  private Path dataDirectory = Path.of(".world/dev");

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      defaultValue = "15432",
      description = "port of PostgreSQL, 0 for any free one (default: ${DEFAULT-VALUE})")
  private int postgresPort;

  @Option(
      names = "--redis-port",
      paramLabel = "PORT",
      defaultValue = "16379",
      description = "port of Redis, 0 for any free one (default: ${DEFAULT-VALUE})")
  private int redisPort;

  public DevCommand(Session session) {
    this.session = session;
  }

  /**
   * Never returns by itself. The servers end before this JVM when it is asked to end, so that
   * whoever has waited for that finds ports and directory free; with it, when it is killed.
   */
  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public Integer call() throws InterruptedException {
    Path directory = dataDirectory.toAbsolutePath().normalize();
    try (EndAsked end = EndAsked.listen();
        DirectoryLock held = DirectoryLock.take(directory)) {
      requireFree("--postgres-port", postgresPort);
      requireFree("--redis-port", redisPort);
      serve(directory, end);
    }
    return ExitCode.OK;
  }

  private void serve(Path directory, EndAsked end) throws InterruptedException {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.start(
                directory.resolve("postgres"),
                PostgresServerOptions.defaults().withPort(postgresPort));
        EmbeddedRedis redis =
            EmbeddedRedis.start(RedisServerOptions.defaults().withPort(redisPort))) {
      PostgresMigrations.migrate(session.config().withConnectionString(postgres.url()));
      tell(postgres, redis);
      end.await();
    }
  }

  private void requireFree(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, option + " must be 0 to 65535, is " + port);
    }
    if (port != 0 && !FreePort.isFree(port)) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "port "
              + port
              + " of this machine is taken, perhaps by a 'world dev' elsewhere: end that, or choose"
              + " another with "
              + option);
    }
  }

  /** With the password: it is of a server that only this machine reaches, and has to be used. */
  private void tell(EmbeddedPostgres postgres, EmbeddedRedis redis) {
    PrintWriter out = session.out();
    if (output.json()) {
      ObjectNode node =
          Json.object()
              .put(WorldConfig.POSTGRES_URL, postgres.url())
              .put(WorldConfig.REDIS_URL, redis.url());
      out.println(Json.line(node));
    } else {
      out.println("export " + WorldConfig.POSTGRES_URL + "='" + postgres.url() + "'");
      out.println("export " + WorldConfig.REDIS_URL + "='" + redis.url() + "'");
      session
          .err()
          .println(
              "PostgreSQL "
                  + postgres.version()
                  + " and Redis "
                  + redis.version()
                  + " are running; Ctrl-C ends them");
    }
    out.flush();
  }
}
