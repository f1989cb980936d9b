package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs rerun}. */
@Command(
    name = "rerun",
    description = {"Start another run of the same workflow with the same input."})
public final class RunsRerun implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(
      names = "--operation",
      paramLabel = "ID",
      description = "what it is known by: done again under that id it leads to the same run")
  private @Nullable String operationId;

  public RunsRerun(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      String next = operating.operator().runs().rerun(runId, o -> copied()).id();
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("next", next),
              () -> runId + " is run again, as run " + next);
      return ExitCode.OK;
    }
  }

  private CopyOptions copied() {
    return new CopyOptions(operationId, null, null, false);
  }
}
