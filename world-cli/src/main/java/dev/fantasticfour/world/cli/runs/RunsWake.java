package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code world runs wake}. */
@Command(
    name = "wake",
    description = "End the sleeps a run is in, and have a stalled run tried again at once.")
public final class RunsWake implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "RUN", description = "id of the run")
  private String runId = "";

  public RunsWake(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (World world = Assembly.client(session)) {
      int ended = world.client().run(runId).wakeUp();
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("sleepsEnded", ended),
              () ->
                  runId + " was woken; " + ended + (ended == 1 ? " sleep" : " sleeps") + " ended");
      return ExitCode.OK;
    }
  }
}
