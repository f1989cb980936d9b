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

/** {@code world runs pause}. */
@Command(
    name = "pause",
    description = {
      "Keep a run from going on until it is resumed: what its bodies come to is recorded, and",
      "none begins. Exit code 1 when it has ended."
    })
public final class RunsPause implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept beside the run")
  private @Nullable String reason;

  public RunsPause(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      boolean paused = operating.operator().runs().pause(runId, reason);
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("paused", paused),
              () -> runId + (paused ? " is paused" : " has ended already"));
      return paused ? ExitCode.OK : ExitCode.NO;
    }
  }
}
