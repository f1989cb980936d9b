package dev.fantasticfour.world.cli.schema;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world migrate}. */
@Command(
    name = "migrate",
    description = {
      "Create World's tables, or bring them up to date.",
      "May be run any number of times, by any number of processes at once."
    })
public final class MigrateCommand implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  public MigrateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws SQLException {
    WorldConfig config = session.config();
    try (Connection connection = Reach.postgres(config)) {
      History before = History.of(connection, config.schema());
      Assembly.storage(config.withMigrateOnStart(true)).close();
      History after = History.of(connection, config.schema());
      int applied = after.migrations() - before.migrations();
      new Printed(session, output)
          .value(
              () ->
                  Json.object()
                      .put("schema", config.schema())
                      .put("version", after.version())
                      .put("applied", applied),
              () ->
                  "schema '%s' is at version %s; %s"
                      .formatted(
                          config.schema(),
                          after.version(),
                          applied == 0 ? "nothing was to do" : applied + " applied"));
    }
    return ExitCode.OK;
  }
}
