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

/** {@code world runs retry}. */
@Command(
    name = "retry",
    description = {
      "Have a run go on that failed or was cancelled, as another run of the same identity: what"
          + " was",
      "done is not done again, and what follows has the idempotency keys that it had."
    })
public final class RunsRetry implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  public RunsRetry(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      String next = operating.operator().runs().retry(runId).id();
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("next", next),
              () -> runId + " goes on, as run " + next);
      return ExitCode.OK;
    }
  }
}
