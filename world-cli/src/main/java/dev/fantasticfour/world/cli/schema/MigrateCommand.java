package dev.fantasticfour.world.cli.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.postgres.Grants;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import dev.fantasticfour.world.postgres.Promotion;
import java.sql.SQLException;
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

  @Option(
      names = "--grant",
      paramLabel = "WORKER[,VIEWER]",
      description = {
        "give a role all rights that workers and clients need, and a second one the right to read",
        "everything but payloads and tokens of hooks; both must be there"
      })
  private String granted = "";

  public MigrateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws SQLException {
    WorldConfig config = session.config();
    // Asks before Flyway does, which says at length what is one line.
    Reach.postgres(config).close();
    PostgresMigrations.Outcome outcome = PostgresMigrations.migrate(config, promotions(), grants());
    new Printed(session, output).value(() -> json(config, outcome), () -> text(config, outcome));
    return ExitCode.OK;
  }

  private static ObjectNode json(WorldConfig config, PostgresMigrations.Outcome outcome) {
    ObjectNode node =
        Json.object()
            .put("schema", config.schema())
            .put("version", outcome.version())
            .put("applied", outcome.applied());
    outcome.promoted().forEach(node.putArray("promoted")::add);
    outcome.adopted().forEach(node.putArray("adopted")::add);
    outcome.granted().forEach(node.putArray("granted")::add);
    return node;
  }

  private static String text(WorldConfig config, PostgresMigrations.Outcome outcome) {
    List<String> done = new ArrayList<>();
    if (outcome.applied() > 0) {
      done.add(outcome.applied() + " applied");
    }
    if (!outcome.promoted().isEmpty()) {
      done.add("added column " + String.join(", ", outcome.promoted()));
    }
    if (!outcome.adopted().isEmpty()) {
      done.add("had " + outcome.adopted().size() + " functions look into the schema's new name");
    }
    if (!outcome.granted().isEmpty()) {
      done.add("gave rights to " + String.join(" and ", outcome.granted()));
    }
    return "schema '%s' is at version %s; %s"
        .formatted(
            config.schema(),
            outcome.version(),
            done.isEmpty() ? "nothing was to do" : String.join("; ", done));
  }

  private Grants grants() {
    String[] roles = granted.split(",", -1);
    if (roles.length > 2 || granted.startsWith(",") || granted.endsWith(",")) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "--grant must name one role or two, as in worker,viewer, is '" + granted + "'");
    }
    return granted.isEmpty()
        ? Grants.NONE
        : new Grants(roles[0].strip(), roles.length == 1 ? null : roles[1].strip());
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
}
