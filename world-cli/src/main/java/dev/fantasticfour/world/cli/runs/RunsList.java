package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Paging;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs list}. */
@Command(
    name = "list",
    description = "List runs, newest first, without their payloads; 'runs show' has those.")
public final class RunsList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private Paging paging = new Paging();

  @Option(names = "--workflow", paramLabel = "NAME", description = "only runs of this workflow")
  private @Nullable String workflow;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "only runs in this status: pending, running, completed, failed or cancelled")
  private @Nullable RunStatus status;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "only runs with this attribute; may be repeated")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(names = "--stalled", description = "only runs that cannot go on by themselves")
  private boolean stalled;

  public RunsList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (World world = Assembly.client(session)) {
      Page<RunRecord> page =
          world
              .client()
              .runs(new RunFilter(workflow, status, attributes, stalled), paging.request());
      new Printed(session, output).page("no runs", page, RunsList::json, () -> table(page));
      return ExitCode.OK;
    }
  }

  /** Lists are read without payloads: to print none as null would say that there is none. */
  private static JsonNode json(RunRecord run) {
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
