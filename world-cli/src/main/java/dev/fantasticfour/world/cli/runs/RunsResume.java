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

/** {@code world runs resume}. */
@Command(
    name = "resume",
    description = {"Let a run go on that was paused. Exit code 1 when it was not."})
public final class RunsResume implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  public RunsResume(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      boolean resumed = operating.operator().runs().resume(runId);
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("resumed", resumed),
              () -> runId + (resumed ? " goes on" : " was not paused"));
      return resumed ? ExitCode.OK : ExitCode.NO;
    }
  }
}
