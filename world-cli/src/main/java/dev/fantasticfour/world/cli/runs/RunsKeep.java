package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs keep}. */
@Command(
    name = "keep",
    description =
        "Keep a run whatever `retention` says, until told otherwise. Exit code 1 when there is no"
            + " such run.")
public final class RunsKeep implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(names = "--no-longer", description = "leave it to the retention again")
  private boolean noLonger;

  public RunsKeep(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.onStorage(session)) {
      RunId run = named.id(operating.storage());
      boolean isThere = operating.operator().runs().keep(run.value(), !noLonger);
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", run.value()).put("kept", isThere && !noLonger),
              () ->
                  isThere
                      ? run + (noLonger ? " is left to the retention" : " is kept")
                      : noLonger ? run + " is not kept" : "there is no run " + run);
      return isThere ? ExitCode.OK : ExitCode.NO;
    }
  }
}
