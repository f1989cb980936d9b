package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.port.Retention.Erasing;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world runs erase}. */
@Command(
    name = "erase",
    description = {
      "Take out of a run that is over what anybody put into it: payloads, attributes, tokens,",
      "reasons, its key, its streams. What happened when stays; it cannot be taken back. Exit",
      "code 1 when the run is not over, or there is none."
    })
public final class RunsErase implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  public RunsErase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.onStorage(session)) {
      RunId run = named.id(operating.storage());
      Erasing erasing = operating.operator().runs().erase(run.value());
      new Printed(session, output)
          .value(
              () ->
                  Json.object()
                      .put("run", run.value())
                      .put("outcome", erasing.name().toLowerCase(Locale.ROOT)),
              () ->
                  switch (erasing) {
                    case ERASED -> run + " is erased";
                    case NOT_OVER ->
                        run
                            + " is not over, and nothing of it was erased; `world runs terminate`"
                            + " ends it";
                    case UNKNOWN -> "there is no run " + run;
                  });
      return erasing == Erasing.ERASED ? ExitCode.OK : ExitCode.NO;
    }
  }
}
