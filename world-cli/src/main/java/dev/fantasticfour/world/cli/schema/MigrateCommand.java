package dev.fantasticfour.world.cli.schema;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import dev.fantasticfour.world.postgres.Promotion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--promote",
      paramLabel = "ATTRIBUTE:TYPE",
      description = {
        "give an attribute of runs an indexed column of its own, to join on: customer_id:bigint;",
        "types are text, bigint, integer, numeric, uuid and boolean; may be repeated"
      })
  private List<String> promoted = new ArrayList<>();

  public MigrateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws SQLException {
    WorldConfig config = session.config();
    try (Connection connection = Reach.postgres(config)) {
      int applied = PostgresMigrations.migrate(config, promotions());
      String version = version(connection, config.schema());
      new Printed(session, output)
          .value(
              () ->
                  Json.object()
                      .put("schema", config.schema())
                      .put("version", version)
                      .put("applied", applied),
              () ->
                  "schema '%s' is at version %s; %s"
                      .formatted(
                          config.schema(),
                          version,
                          applied == 0 ? "nothing was to do" : applied + " applied"));
    }
    return ExitCode.OK;
  }

  private List<Promotion> promotions() {
    List<Promotion> promotions = new ArrayList<>();
    for (String each : promoted) {
      int colon = each.lastIndexOf(':');
      if (colon < 0) {
        throw new WorldException(
            ErrorCode.INVALID_ARGUMENT,
            "--promote must look like customer_id:bigint, is '" + each + "'");
      }
      String attribute = each.substring(0, colon);
      promotions.add(new Promotion(attribute, each.substring(colon + 1), attribute));
    }
    return promotions;
  }

  /** The newest that was applied; the name of a schema is plain, or no configuration would be. */
  private static String version(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select version from \""
                    + schema
                    + "\".workflow_schema_history where success and version is not null"
                    + " order by installed_rank desc limit 1")) {
      return row.next() ? row.getString(1) : "0";
    }
  }
}
