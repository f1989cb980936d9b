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
import picocli.CommandLine.Parameters;

/** {@code world runs wake}. */
@Command(
    name = "wake",
    description =
        "End the sleeps a run is in, or one thing that it waits for. Time limits of hooks go on"
            + " unless named; for a run that stands there is `runs nudge`.")
public final class RunsWake implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "WAIT",
      description = "id of a sleep, or name of a hook whose time limit is to end; else all sleeps")
  private @Nullable String typedWait;

  public RunsWake(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String wait = named.words(typedWait)[0];
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      int ended = operating.operator().runs().wake(runId, wait);
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("waitsEnded", ended),
              () ->
                  runId
                      + (ended == 0
                          ? " waits for nothing that this ends"
                          : ": " + ended + (ended == 1 ? " wait" : " waits") + " ended early"));
      return ExitCode.OK;
    }
  }
}
