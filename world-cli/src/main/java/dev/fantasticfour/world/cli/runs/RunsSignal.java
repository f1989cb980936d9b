package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.cli.assembly.Operating;
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
import picocli.CommandLine.Parameters;

/** {@code world runs signal}. */
@Command(
    name = "signal",
    description =
        "Send a signal to a run. It is kept until the run's code reads it. Exit code 1 when there"
            + " is no such run, or it has ended.")
public final class RunsSignal implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "name of the signal; it is required")
  private @Nullable String typedName;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "JSON",
      description = "what the run is told (default: null)")
  private @Nullable String typedPayload;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "what the signal is known by: sending again under it sends nothing")
  private @Nullable String id;

  public RunsSignal(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    @Nullable String[] words = named.words(typedName, typedPayload);
    String name = named.required("NAME", words[0]);
    String document = Json.checked("the payload", words[1] == null ? "null" : words[1]);
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      String known = id;
      operating
          .operator()
          .runs()
          .signal(runId, name, document, options -> known == null ? options : options.id(known));
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("signal", name), () -> runId + " was told");
      return ExitCode.OK;
    }
  }
}
