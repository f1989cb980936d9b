package dev.fantasticfour.world.cli.builds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Versions.ChangeUse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code world changes list}. */
@Command(
    name = "list",
    description = {
      "Show for each change how many open runs take it, how many do not, and how many are without",
      "an answer and older than it. The verdict says what may go from the code."
    })
public final class ChangesList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(
      arity = "0..1",
      paramLabel = "WORKFLOW",
      description = "changes of that workflow (default: of all)")
  private @Nullable String workflow;

  public ChangesList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Storage storage = Assembly.storage(session)) {
      List<ChangeUse> uses = storage.changeUses(workflow);
      if (output.json()) {
        uses.forEach(use -> session.out().println(Json.line(json(use))));
      } else {
        session.out().println(uses.isEmpty() ? "no change was marked" : text(uses));
      }
      return ExitCode.OK;
    }
  }

  private static JsonNode json(ChangeUse use) {
    ObjectNode node = (ObjectNode) Json.of(use);
    return node.put("verdict", word(use));
  }

  private String text(List<ChangeUse> uses) {
    Table table =
        new Table("workflow", "change", "since", "taken", "not taken", "undecided", "verdict");
    uses.forEach(
        use ->
            table.row(
                use.workflow(),
                use.changeId(),
                Moment.local(use.firstSeen()),
                use.taken(),
                use.notTaken(),
                use.undecided(),
                word(use)));
    return table.text(session.columns());
  }

  private static String word(ChangeUse use) {
    return use.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
