package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs cancel}. */
@Command(
    name = "cancel",
    description =
        "Ask a run to cancel itself; its code may clean up. Exit code 1 when that has no effect.")
public final class RunsCancel implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept with the run")
  private @Nullable String reason;

  public RunsCancel(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      Cancellation answer = operating.operator().runs().cancel(runId, reason);
      new Printed(session, output)
          .value(
              () ->
                  Json.object()
                      .put("run", runId)
                      .put("requested", answer.takesEffect())
                      .put("answer", answer.name().toLowerCase(Locale.ROOT)),
              () -> runId + words(answer));
      return answer.takesEffect() ? ExitCode.OK : ExitCode.NO;
    }
  }

  private static String words(Cancellation answer) {
    return switch (answer) {
      case REQUESTED -> " was asked to cancel";
      case DONE -> " is cancelled; nobody had begun it";
      case STANDING ->
          " was asked to cancel, but stands and may not hear of it (`runs show` says why);"
              + " `runs terminate` ends it";
      case REPEATED ->
          " was asked to cancel before and is told once; `runs terminate` ends it without asking";
      case ENDED -> " has ended already";
    };
  }
}
