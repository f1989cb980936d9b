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

/** {@code world runs fork}. */
@Command(
    name = "fork",
    description = {
      "Have an ended run begin again from a step on, as another run: with all that came before,"
          + " and",
      "with other idempotency keys from there on."
    })
public final class RunsFork implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private StepChoice choice = new StepChoice();

  @Mixin private RunChoice named = new RunChoice();

  public RunsFork(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      String next =
          operating.operator().runs().fork(runId, choice.step(), o -> choice.options()).id();
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("next", next),
              () -> runId + " begins again, as run " + next);
      return ExitCode.OK;
    }
  }
}
