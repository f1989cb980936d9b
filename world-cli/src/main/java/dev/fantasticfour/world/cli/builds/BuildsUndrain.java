package dev.fantasticfour.world.cli.builds;

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

/** {@code world builds undrain}. */
@Command(
    name = "undrain",
    description = "Have the workers of a build take runs again as any other.")
public final class BuildsUndrain implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "BUILD", description = "id of the build, as `builds` shows it")
  private String build = "";

  public BuildsUndrain(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = Assembly.onStorage(session)) {
      boolean isNew = operating.operator().store().undrain(build);
      new Printed(session, output)
          .value(
              () -> Json.object().put("build", build).put("changed", isNew),
              () -> "build " + build + (isNew ? " takes runs again" : " is not drained"));
      return ExitCode.OK;
    }
  }
}
