package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
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

  @Mixin private RunChoice named = new RunChoice();

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
    try (World world = named.client(session)) {
      String runId = named.id(world.client());
      JsonNode result = Json.of(world.client().run(runId).result(patience));
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
}
