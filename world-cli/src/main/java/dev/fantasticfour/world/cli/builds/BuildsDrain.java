package dev.fantasticfour.world.cli.builds;

import dev.fantasticfour.world.api.run.Ids;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code world builds drain}. */
@Command(
    name = "drain",
    description = "Have the workers of a build take no runs but those that are pinned to it.")
public final class BuildsDrain implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "BUILD", description = "id of the build, as `builds` shows it")
  private String build = "";

  public BuildsDrain(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String drained = Ids.requireText("build", build, Pin.To.MAX_LENGTH);
    try (Operating operating = Assembly.onStorage(session)) {
      boolean isNew = operating.operator().store().drain(drained);
      new Printed(session, output)
          .value(
              () -> Json.object().put("build", build).put("changed", isNew),
              () ->
                  "build "
                      + build
                      + (isNew
                          ? " takes only what is pinned to it from now on; `builds` says when"
                              + " nothing is left"
                          : " is drained already"));
      return ExitCode.OK;
    }
  }
}
