package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world runs show}. */
@Command(
    name = "show",
    description = "Show a run: what it does now, its steps, its log. Exit code 1 when unknown.")
public final class RunsShow implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "RUN", description = "id of the run")
  private String runId = "";

  @Option(names = "--events", description = "also the log (with --json: always)")
  private boolean withEvents;

  public RunsShow(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (World world = Assembly.client(session)) {
      WorldClient client = world.client();
      RunView view = client.run(runId).view();
      List<StepRecord> steps =
          client.steps(runId, PageRequest.oldestFirst().withLimit(PageRequest.MAX)).items();
      List<Event> events =
          withEvents || output.json()
              ? client.events(runId, PageRequest.oldestFirst().withLimit(PageRequest.MAX)).items()
              : List.of();
      new Printed(session, output)
          .value(() -> json(view, steps, events), () -> text(view, steps, events));
      return ExitCode.OK;
    }
  }

  private static JsonNode json(RunView view, List<StepRecord> steps, List<Event> events) {
    ObjectNode node = (ObjectNode) Json.of(view.run());
    node.put("doing", doing(view));
    node.set("steps", Json.of(steps));
    node.set("events", Json.of(events));
    return node;
  }

  private static String text(RunView view, List<StepRecord> steps, List<Event> events) {
    Table run = new Table("run", view.run().id().value());
    run.row("workflow", view.run().workflow());
    run.row("doing", doing(view));
    run.row("created", Moment.local(view.run().createdAt()));
    run.row("took", Moment.between(view.run().createdAt(), view.run().completedAt()));
    run.row("key", view.run().runKey());
    run.row("attributes", attributes(view));
    run.row("owner", view.run().owner());
    run.row("input", Json.line(Json.of(view.run().input())));
    run.row("output", Json.line(Json.of(view.run().output())));
    StringBuilder text = new StringBuilder(run.toString());
    if (!steps.isEmpty()) {
      Table table = new Table("step", "branch", "status", "attempt", "took", "output", "error");
      steps.forEach(
          step ->
              table.row(
                  step.name(),
                  step.branch(),
                  step.status().word(),
                  step.attempt(),
                  Moment.between(step.startedAt(), step.completedAt()),
                  step.output() == null ? "" : Json.line(Json.of(step.output())),
                  step.error() == null ? "" : Json.line(Json.of(step.error()))));
      text.append("\n\n").append(table);
    }
    if (!events.isEmpty()) {
      Table table = new Table("position", "event", "about", "created");
      events.forEach(
          event ->
              table.row(
                  event.position(),
                  event.type().word(),
                  event.correlationId(),
                  Moment.text(event.createdAt())));
      text.append("\n\n").append(table);
    }
    return text.toString();
  }

  private static String attributes(RunView view) {
    return view.run().attributes().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** One phrase for people: more than the status, which cannot tell waiting from standing. */
  static String doing(RunView view) {
    return switch (view) {
      case RunView.Pending pending -> "pending";
      case RunView.Running running -> "running";
      case RunView.Waiting waiting ->
          waiting
              .until()
              .map(until -> "waiting until " + Moment.text(until))
              .orElse("waiting for something from outside");
      case RunView.Stalled stalled ->
          "stalled since " + Moment.text(stalled.since()) + ": " + stalled.reason();
      case RunView.Completed completed -> "completed";
      case RunView.Failed failed -> "failed: " + failed.failure();
      case RunView.Cancelled cancelled ->
          cancelled.reason() == null ? "cancelled" : "cancelled: " + cancelled.reason();
    };
  }
}
