package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Paging;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Repeating;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs list}. */
@Command(
    name = "list",
    description = {
      "List runs, newest first, without their payloads; 'runs show' has those.",
      "With --ended-since they are listed by their end."
    })
public final class RunsList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private Paging paging = new Paging();

  @Mixin private RunSearch search = new RunSearch();
  @Mixin private Repeating repeating = new Repeating();

  @Option(
      names = "--count",
      description = "say how many there are, as far as ten thousand, and list none")
  private boolean count;

  public RunsList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    RunFilter asked = search.filter(Instant.now());
    try (World world = Assembly.client(session)) {
      RunFilter filter = search.of(world.client(), asked);
      Printed printed = new Printed(session, output);
      if (count) {
        RunCount found = world.client().count(filter);
        printed.value(() -> Json.of(found), found::toString);
        return ExitCode.OK;
      }
      return repeating.over(
          session,
          output,
          () -> {
            Page<RunRecord> page = world.client().runs(filter, paging.request());
            printed.page("no runs", page, RunsList::json, () -> table(page));
            return ExitCode.OK;
          });
    }
  }

  /** Lists are read without payloads: to print none as null would say that there is none. */
  static JsonNode json(RunRecord run) {
    ObjectNode node = (ObjectNode) Json.of(run);
    return node.without(List.of("input", "output", "error", "executionContext"));
  }

  private static Table table(Page<RunRecord> page) {
    Table table =
        new Table("run", "workflow", "status", "created", "took", "events", "owner", "stalled");
    for (RunRecord run : page.items()) {
      table.row(
          run.id(),
          run.workflow(),
          run.status().word(),
          Moment.local(run.createdAt()),
          Moment.between(run.createdAt(), run.completedAt()),
          run.lastPosition(),
          run.owner(),
          run.stalledReason());
    }
    return table;
  }
}
