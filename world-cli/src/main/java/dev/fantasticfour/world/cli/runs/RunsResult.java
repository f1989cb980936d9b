package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.session.Span;
import dev.fantasticfour.world.cli.view.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world runs result}. */
@Command(
    name = "result",
    description = {
      "Print what a run has returned, and nothing else: a JSON document.",
      "Exit code 1 when it has failed, was cancelled or is unknown, 3 while it goes on; standard",
      "error then says why."
    })
public final class RunsResult implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "id of the run")
  private @Nullable String runId;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "instead of the id: the newest run with this run key, with --workflow")
  private @Nullable String key;

  @Option(names = "--workflow", paramLabel = "NAME", description = "workflow of that run key")
  private @Nullable String workflow;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "wait for its end that long: 30s, 15m (default: not at all)")
  private @Nullable String wait;

  public RunsResult(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Duration patience = wait == null ? Duration.ZERO : Span.of("--wait", wait);
    requireOneRun();
    try (World world = Assembly.client(session)) {
      JsonNode result = Json.of(world.client().run(id(world.client())).result(patience));
      new Printed(session, output).value(() -> result, () -> Json.lines(result));
      return ExitCode.OK;
    } catch (WorldException e) {
      if (e.code() != ErrorCode.TIMED_OUT) {
        throw e;
      }
      session.err().println("world: " + e.getMessage());
      return ExitCode.NOT_YET;
    }
  }

  private void requireOneRun() {
    if (runId != null ? key != null || workflow != null : key == null || workflow == null) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "name one run: by its id, or by --key and --workflow together (see 'world runs result"
              + " --help')");
    }
  }

  private String id(WorldClient client) {
    if (runId != null || key == null || workflow == null) {
      return String.valueOf(runId);
    }
    return client
        .runs(Runs.of(workflow).runKey(key), PageRequest.newestFirst().withLimit(1))
        .items()
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                new WorldException(
                    ErrorCode.RUN_NOT_FOUND,
                    "no run of workflow '" + workflow + "' has the key '" + key + "'"))
        .id()
        .value();
  }
}
