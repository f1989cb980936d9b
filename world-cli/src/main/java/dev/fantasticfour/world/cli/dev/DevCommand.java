package dev.fantasticfour.world.cli.dev;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.embedded.EmbeddedPostgres;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.PostgresOptions;
import dev.fantasticfour.world.embedded.RedisOptions;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world dev}. */
@Command(
    name = "dev",
    description = {
      "Start a PostgreSQL and a Redis to develop with, migrated, until Ctrl-C.",
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
      description = "port of PostgreSQL (default: any free one)")
  private int postgresPort;

  @Option(
      names = "--redis-port",
      paramLabel = "PORT",
      description = "port of Redis (default: any free one)")
  private int redisPort;

  public DevCommand(Session session) {
    this.session = session;
  }

  /** Never returns by itself. The servers end with this JVM, however it ends. */
  @Override
  public Integer call() throws InterruptedException {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.start(
                dataDirectory.toAbsolutePath().resolve("postgres"),
                PostgresOptions.defaults().withPort(postgresPort));
        EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.defaults().withPort(redisPort))) {
      PostgresMigrations.migrate(session.config().withConnectionString(postgres.url()));
      tell(postgres, redis);
      new CountDownLatch(1).await();
    }
    return ExitCode.OK;
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
