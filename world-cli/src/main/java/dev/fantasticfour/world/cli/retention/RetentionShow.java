package dev.fantasticfour.world.cli.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.port.Retention.RetentionStand;
import dev.fantasticfour.world.core.port.Storage;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world retention show}. */
@Command(
    name = "show",
    description = "Show how long runs are kept, and how far the deleting has come.")
public final class RetentionShow implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  public RetentionShow(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Storage storage = Assembly.storage(session)) {
      RetentionStand stand = storage.retention();
      new Printed(session, output).value(() -> json(stand), () -> text(stand));
      return ExitCode.OK;
    }
  }

  private static ObjectNode json(RetentionStand stand) {
    ObjectNode node = Json.object();
    ObjectNode rules = node.putObject("rules");
    new TreeMap<>(stand.policy().rules())
        .forEach((workflow, rule) -> rules.put(workflow, rule.toString()));
    node.set("lastPassAt", Json.of(stand.lastPassAt()));
    node.set("nextRoundAt", Json.of(stand.nextRoundAt()));
    return node.put("deleted", stand.deleted()).put("trouble", stand.trouble());
  }

  private String text(RetentionStand stand) {
    if (stand.policy().rules().isEmpty()) {
      return "off: all runs are kept for ever; `world retention set completed=30d,failed=90d`"
          + " changes that";
    }
    Table table = new Table("workflow", "kept after the end");
    new TreeMap<>(stand.policy().rules()).forEach((workflow, rule) -> table.row(workflow, rule));
    return table.text(session.columns())
        + "\n"
        + stand.deleted()
        + " deleted"
        + (stand.lastPassAt() == null
            ? ", not all runs were looked at yet"
            : ", all runs looked at last " + Moment.local(stand.lastPassAt()))
        + (stand.nextRoundAt() == null ? "" : ", next " + Moment.local(stand.nextRoundAt()))
        + (stand.trouble() == null ? "" : "\nkept on: " + stand.trouble());
  }
}
