package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.cli.assembly.Assembly;
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
import picocli.CommandLine.Parameters;

/** {@code world runs reset}. */
@Command(
    name = "reset",
    description = {
      "End a run that goes on, and have it begin again from a step on, as another run."
    })
public final class RunsReset implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "RUN", description = "id of the run")
  private String runId = "";

  @Option(
      names = "--from",
      paramLabel = "STEP",
      required = true,
      description = "name of the step that is done anew, with all that follows")
  private String step = "";

  @Option(
      names = "--occurrence",
      paramLabel = "N",
      description = "which of several such steps, from 1")
  private @Nullable Integer occurrence;

  @Option(names = "--branch", paramLabel = "PATH", description = "of that branch")
  private @Nullable String branch;

  @Option(
      names = "--keep-signals",
      description = "with the signals and payloads that came after that step")
  private boolean keepsSignals;

  @Option(
      names = "--operation",
      paramLabel = "ID",
      description = "what it is known by: done again under that id it leads to the same run")
  private @Nullable String operationId;

  public RunsReset(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (World world = Assembly.client(session)) {
      String next = world.client().run(runId).reset(step, o -> copied()).id();
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("next", next),
              () -> runId + " was ended and begins again, as run " + next);
      return ExitCode.OK;
    }
  }

  private CopyOptions copied() {
    return new CopyOptions(operationId, branch, occurrence, keepsSignals);
  }
}
