package dev.fantasticfour.world.cli.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.cli.runs.RunChoice;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world streams list}. */
@Command(name = "list", description = "List the streams that a run has written.")
public final class StreamsList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  public StreamsList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (World world = named.client(session)) {
      String runId = named.id(world.client());
      List<String> names = world.client().streams(runId);
      ObjectNode json = Json.object().put("run", runId);
      json.set("streams", Json.of(names));
      new Printed(session, output)
          .value(() -> json, () -> names.isEmpty() ? "no streams" : String.join("\n", names));
      return ExitCode.OK;
    }
  }
}
