package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.runs.FailureGroups.By;
import dev.fantasticfour.world.cli.runs.FailureGroups.Group;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Errors;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs failures}. */
@Command(
    name = "failures",
    description = {
      "Count the runs that have failed, by what they have in common, each with the newest example",
      "and its error."
    })
public final class RunsFailures implements Callable<Integer> {

  private static final int MOST_RUNS = 10_000;
  private static final int MOST_GROUPS = 50;

  private final Session session;
  @Mixin private Output output = new Output();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "failed then or later: 24h ago, or 2026-03-01T09:30:00Z (default: 24h)")
  private String since = "24h";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "failed earlier than that (default: now)")
  private @Nullable String until;

  @Option(names = "--workflow", paramLabel = "NAME", description = "only runs of this workflow")
  private @Nullable String workflow;

  @Option(
      names = "--group-by",
      paramLabel = "WHAT",
      split = ",",
      defaultValue = "workflow,error",
      description = "workflow, error, build, queue; several with commas (default: workflow,error)")
  private List<By> by = new ArrayList<>();

  public RunsFailures(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunFilter filter = filter(Instant.now());
    try (World world = Assembly.client(session)) {
      FailureGroups found = new FailureGroups(by);
      boolean isCut = read(world.client(), filter, found);
      List<Group> groups = found.all();
      List<Group> shown = groups.subList(0, Math.min(MOST_GROUPS, groups.size()));
      if (output.json()) {
        json(world.client(), shown);
      } else {
        text(world.client(), shown);
      }
      sayCut(isCut, groups.size());
      return ExitCode.OK;
    }
  }

  private RunFilter filter(Instant now) {
    RunFilter filter = workflow == null ? Runs.all() : Runs.of(workflow);
    filter = filter.status(RunStatus.FAILED).endedSince(RunSearch.time(since, now));
    return until == null ? filter : filter.endedBefore(RunSearch.time(until, now));
  }

  /** Whether there were more than were read. */
  private static boolean read(WorldClient client, RunFilter filter, FailureGroups into) {
    PageRequest request = PageRequest.newestFirst().withLimit(PageRequest.MAX);
    int read = 0;
    while (true) {
      Page<RunRecord> page = client.runs(filter, request);
      page.items().forEach(into::add);
      read += page.items().size();
      if (!page.hasMore() || read >= MOST_RUNS) {
        return page.hasMore();
      }
      request = request.after(page.cursor());
    }
  }

  private void json(WorldClient client, List<Group> groups) {
    for (Group group : groups) {
      ObjectNode node = Json.object();
      group.common().forEach((what, value) -> node.put(word(what), value));
      node.put("runs", group.runs())
          .put("first", Moment.text(group.first()))
          .put("last", Moment.text(group.last()))
          .put("example", group.example().value())
          .put("message", message(client, group));
      session.out().println(Json.line(node));
    }
  }

  private void text(WorldClient client, List<Group> groups) {
    if (groups.isEmpty()) {
      session.out().println("no failures");
      return;
    }
    List<String> headings = new ArrayList<>(by.stream().map(RunsFailures::word).toList());
    headings.addAll(List.of("runs", "last", "example", "its error"));
    Table table = new Table(headings.toArray(String[]::new));
    for (Group group : groups) {
      List<@Nullable Object> cells = new ArrayList<>(group.common().values());
      cells.addAll(
          List.of(
              group.runs(), Moment.local(group.last()), group.example(), message(client, group)));
      table.row(cells.toArray());
    }
    session.out().println(table.text(session.columns()));
  }

  private void sayCut(boolean isCut, int groups) {
    PrintWriter out = session.out();
    if (output.json()) {
      if (isCut || groups > MOST_GROUPS) {
        out.println(
            Json.line(
                Json.object().put("cut", true).put("counted", MOST_RUNS).put("groups", groups)));
      }
      return;
    }
    if (isCut) {
      out.println("only the newest " + MOST_RUNS + " failures are counted: see --since, --until");
    }
    if (groups > MOST_GROUPS) {
      out.println("only " + MOST_GROUPS + " of " + groups + " groups are shown");
    }
  }

  private static String message(WorldClient client, Group group) {
    return client.run(group.example().value()).view() instanceof RunView.Failed failed
        ? Errors.text(failed.failure(), false).lines().reduce((first, cause) -> cause).orElse("")
        : "";
  }

  private static String word(By what) {
    return what.name().toLowerCase(Locale.ROOT);
  }
}
