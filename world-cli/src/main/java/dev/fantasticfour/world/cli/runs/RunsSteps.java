package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.run.StepRecord;
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

/** {@code world runs steps}. */
@Command(
    name = "steps",
    description =
        "List the steps of a run in the order in which it asked for them, with what became of"
            + " each.")
public final class RunsSteps implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "at most that many (default: ${DEFAULT-VALUE}, most: 1000)")
  private int limit = 100;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "go on after the page that ended with this cursor")
  private @Nullable String cursor;

  public RunsSteps(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    PageRequest request = PageRequest.oldestFirst().withLimit(limit).after(cursor);
    try (World world = named.client(session)) {
      String runId = named.id(world.client());
      Page<StepRecord> page = world.client().steps(runId, request);
      new Printed(session, output)
          .page("no steps", page, Json::of, () -> RunsShow.steps(page.items()));
      return ExitCode.OK;
    }
  }
}
