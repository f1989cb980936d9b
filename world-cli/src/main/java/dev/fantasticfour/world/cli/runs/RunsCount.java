package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world runs count}. */
@Command(name = "count", description = "Say how many runs there are, as far as ten thousand.")
public final class RunsCount implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private RunSearch search = new RunSearch();

  public RunsCount(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunFilter asked = search.filter(Instant.now());
    try (World world = Assembly.client(session)) {
      RunFilter filter = search.of(world.client(), asked);
      RunCount found = world.client().count(filter);
      new Printed(session, output).value(() -> Json.of(found), found::toString);
      return ExitCode.OK;
    }
  }
}
