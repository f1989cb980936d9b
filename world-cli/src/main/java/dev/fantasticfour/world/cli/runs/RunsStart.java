package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.attributes.TypedAttribute;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.PinWord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world runs start}. */
@Command(
    name = "start",
    description = {
      "Start a run, and print its id; the workers of WORKFLOW_APPLICATION execute it.",
      "With --wait its result follows."
    })
public final class RunsStart implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "WORKFLOW", description = "name of the workflow")
  private String workflow = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "null",
      description = "its input (default: null)")
  private String input = "null";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "run key: the same key gives the same run")
  private @Nullable String key;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = {
        "what the run is found by; also NAME:number=VALUE, :bool, :time, :keywords (a,b);",
        "may be repeated"
      })
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = "--pin",
      paramLabel = "BUILD",
      description = "executed by that build alone; 'first' = by whichever takes it first")
  private @Nullable String pin;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = {
        "when it is asked to cancel itself, and terminated five minutes later: 90s, 15m, 24h or 7d",
        "from now, or a time such as 2026-03-01T09:30:00Z"
      })
  private @Nullable String deadline;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "wait for the result that long; exit code 1 when it fails or takes longer")
  private @Nullable Long seconds;

  public RunsStart(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String document = Json.checked("the input", input);
    try (Operating operating = Assembly.operating(session)) {
      Run<Payload> run = operating.operator().runs().start(workflow, document, this::options);
      Printed printed = new Printed(session, output);
      // Before anything is waited for: whoever gives up waiting has to know what was started.
      printed.value(() -> Json.object().put("run", run.id()), run::id);
      if (seconds != null) {
        session.out().flush();
        JsonNode result = Json.of(run.result(Duration.ofSeconds(seconds)));
        printed.value(() -> Json.object().set("output", result), () -> Json.lines(result));
      }
      return ExitCode.OK;
    }
  }

  private StartOptions options(StartOptions start) {
    StartOptions options = key == null ? start : start.runKey(key);
    options = pin == null ? options : options.pin(PinWord.read(pin));
    options = deadline == null ? options : until(options, deadline);
    for (String each : attributes) {
      TypedAttribute attribute = TypedAttribute.of(each);
      options = options.attribute(attribute.name(), attribute.value());
    }
    return options;
  }

  private static StartOptions until(StartOptions options, String typed) {
    return switch (TypedTime.of(typed, "from now")) {
      case TypedTime.Away away -> options.deadline(away.by());
      case TypedTime.Exact exact -> options.deadline(exact.time());
    };
  }
}
