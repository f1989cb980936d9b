package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world runs nudge}. */
@Command(
    name = "nudge",
    description =
        "Have a run that stands tried again at once, by any worker. Exit code 1 when it does not"
            + " stand.")
public final class RunsNudge implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  public RunsNudge(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      boolean stood = operating.operator().runs().nudge(runId);
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("nudged", stood),
              () -> runId + (stood ? " is tried again" : " does not stand"));
      return stood ? ExitCode.OK : ExitCode.NO;
    }
  }
}
