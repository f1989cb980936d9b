package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs events}. */
@Command(name = "events", description = "List the log of a run by position, first to last.")
public final class RunsEvents implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "at most that many (default: ${DEFAULT-VALUE}, most: 1000)")
  private int limit = 100;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "go on after the page that ended with this cursor")
  private @Nullable String cursor;

  public RunsEvents(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    PageRequest request = PageRequest.oldestFirst().withLimit(limit).after(cursor);
    try (World world = named.client(session)) {
      String runId = named.id(world.client());
      Page<Event> page = world.client().events(runId, request);
      new Printed(session, output).page("no events", page, Json::of, () -> table(page));
      return ExitCode.OK;
    }
  }

  private static Table table(Page<Event> page) {
    Table table = new Table("position", "event", "about", "created");
    for (Event event : page.items()) {
      table.row(
          event.position(),
          event.type().word(),
          event.correlationId(),
          Moment.text(event.createdAt()));
    }
    return table;
  }
}
