package dev.fantasticfour.world.cli.hooks;

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

/** {@code world hooks resume}. */
@Command(
    name = "resume",
    description = "Send a payload to a hook. Exit code 1 when no live hook has the token.")
public final class HooksResume implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TOKEN", description = "token of the hook")
  private String token = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "null",
      description = "what the run is told (default: null)")
  private String payload = "null";

  public HooksResume(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String document = Json.checked("the payload", payload);
    try (Operating operating = Assembly.operating(session)) {
      String runId = operating.operator().runs().resumeHook(token, document);
      new Printed(session, output)
          .value(() -> Json.object().put("run", runId), () -> runId + " was told");
      return ExitCode.OK;
    }
  }
}
