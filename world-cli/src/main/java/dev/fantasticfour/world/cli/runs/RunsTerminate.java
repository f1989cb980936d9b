package dev.fantasticfour.world.cli.runs;

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

/** {@code world runs terminate}. */
@Command(
    name = "terminate",
    description =
        "End a run at once, without asking its code. Exit code 1 when it has ended already.")
public final class RunsTerminate implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept with the run")
  private @Nullable String reason;

  public RunsTerminate(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      boolean done = operating.operator().runs().terminate(runId, reason);
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("terminated", done),
              () -> runId + (done ? " was terminated" : " has ended already"));
      return done ? ExitCode.OK : ExitCode.NO;
    }
  }
}
