package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.session.Span;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs watch}. */
@Command(
    name = "watch",
    description = {
      "Follow the log of a run until its end, one line per event, by position: none is missing and",
      "none comes twice, also when the server was away in between.",
      "Exit code 1 when nothing came for the time of --patience, 2 when nobody reads any more."
    })
public final class RunsWatch implements Callable<Integer> {

  private static final int AT_ONCE = 1_000;

  /** One read by an index each time. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(
      names = "--after",
      paramLabel = "POSITION",
      defaultValue = "0",
      description = "begin behind this position (default: ${DEFAULT-VALUE}, at the first event)")
  private long after;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "give up when nothing came for that long, such as 30s (default: never)")
  private @Nullable String patience;

  public RunsWatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    Patience waiting = new Patience(patience == null ? null : Span.of("--patience", patience));
    try (Storage storage = named.storage(session)) {
      RunId run = named.id(storage);
      if (storage.run(run).isEmpty()) {
        throw new WorldException(ErrorCode.RUN_NOT_FOUND, "there is no run " + run);
      }
      Outages outages = new Outages(session);
      long last = after;
      while (true) {
        long behind = last;
        List<Event> events =
            outages.during(() -> storage.history(run, behind, AT_ONCE)).orElse(List.of());
        for (Event event : events) {
          session.out().println(output.json() ? Json.line(Json.of(event)) : EventLine.of(event));
          last = event.position();
          if (event.type().endsRun()) {
            return ExitCode.OK;
          }
        }
        if (session.out().checkError()) {
          return ExitCode.NOT_ASKED;
        }
        if (!events.isEmpty()) {
          waiting.renew();
        } else if (waiting.isOver()) {
          return ExitCode.NO;
        } else {
          Thread.sleep(PAUSE);
        }
      }
    }
  }
}
