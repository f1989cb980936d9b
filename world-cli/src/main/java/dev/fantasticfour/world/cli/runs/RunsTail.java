package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.session.Span;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs tail}. */
@Command(
    name = "tail",
    description = {
      "Follow the ends of runs as they happen, one line each, until Ctrl-C or --limit.",
      "With --ended-since it begins with those that have ended since then: the completedAt of the",
      "last line that was read goes on from there, beginning with that run.",
      "Exit code 1 when nothing came for the time of --patience, 2 when nobody reads any more."
    })
public final class RunsTail implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private RunSearch search = new RunSearch();

  @Option(names = "--limit", paramLabel = "N", description = "end after so many lines")
  private @Nullable Long limit;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "give up when nothing came for that long, such as 30s (default: never)")
  private @Nullable String patience;

  public RunsTail(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    Patience waiting = new Patience(patience == null ? null : Span.of("--patience", patience));
    Instant now = Instant.now();
    RunFilter asked = search.filter(now);
    if (asked.endedBefore() != null) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "a tail goes on: it has no --ended-before, 'runs list' has");
    }
    Instant from = asked.endedSince() == null ? now : asked.endedSince();
    try (World world = Assembly.client(session)) {
      RunFilter filter = search.of(world.client(), asked);
      Outages outages = new Outages(session);
      EndsSeen seen = new EndsSeen(from);
      long left = limit == null ? Long.MAX_VALUE : limit;
      while (true) {
        List<RunRecord> ends =
            outages
                .during(() -> read(world, filter.endedSince(seen.from())))
                .map(seen::fresh)
                .orElse(List.of());
        for (RunRecord run : ends) {
          session.out().println(output.json() ? Json.line(json(run)) : line(run));
          left--;
          if (left <= 0) {
            return ExitCode.OK;
          }
        }
        if (session.out().checkError()) {
          return ExitCode.NOT_ASKED;
        }
        if (!ends.isEmpty()) {
          waiting.renew();
        } else if (waiting.isOver()) {
          return ExitCode.NO;
        } else {
          Thread.sleep(PAUSE);
        }
      }
    }
  }

  /** Oldest end first. */
  private static List<RunRecord> read(World world, RunFilter filter) {
    List<RunRecord> all = new ArrayList<>();
    PageRequest request = PageRequest.oldestFirst().withLimit(PageRequest.MAX);
    Page<RunRecord> page = world.client().runs(filter, request);
    all.addAll(page.items());
    while (page.hasMore()) {
      page = world.client().runs(filter, request.after(page.cursor()));
      all.addAll(page.items());
    }
    return all;
  }

  private static JsonNode json(RunRecord run) {
    return RunsList.json(run);
  }

  private static String line(RunRecord run) {
    Instant ended = Objects.requireNonNull(run.completedAt(), "the end of an ended run");
    String why = run.errorCode() != null ? run.errorCode() : run.reason();
    return "%s  %-9s  %s  %s  %s  %s"
        .formatted(
            Moment.local(ended),
            run.status().word(),
            run.id(),
            run.workflow(),
            Moment.between(run.createdAt(), ended),
            why == null ? "" : why)
        .stripTrailing();
  }
}
