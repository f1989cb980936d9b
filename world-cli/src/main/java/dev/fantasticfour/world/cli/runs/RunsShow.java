package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Pages;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Errors;
import dev.fantasticfour.world.cli.view.Facts;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.PinWord;
import dev.fantasticfour.world.cli.view.Table;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs show}. */
@Command(
    name = "show",
    description = {
      "Show a run: what it does now and for how long, its steps, its children, its log.",
      "--verbose adds the stack traces of a failure. Exit code 1 when unknown."
    })
public final class RunsShow implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(names = "--events", description = "also the log (with --json: always)")
  private boolean withEvents;

  private record Shown(
      RunView view,
      String doing,
      List<StepRecord> steps,
      List<ChildRecord> children,
      List<Event> events) {}

  public RunsShow(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (World world = named.client(session)) {
      String runId = named.id(world.client());
      WorldClient client = world.client();
      RunView view = client.run(runId).view();
      List<StepRecord> steps = Pages.all(page -> client.steps(runId, page));
      List<HookRecord> hooks = Pages.all(page -> client.hooks(runId, page));
      List<Event> events =
          withEvents || output.json() ? Pages.all(page -> client.events(runId, page)) : List.of();
      List<ChildRecord> children = Pages.all(page -> client.children(runId, page));
      String doing = new Doing(view, steps, hooks, children, Instant.now()).text();
      Shown shown = new Shown(view, doing, steps, children, events);
      new Printed(session, output).value(() -> json(shown), () -> text(shown));
      return ExitCode.OK;
    }
  }

  /** What to do about it, or null. */
  private static @Nullable String advice(RunView view) {
    return switch (view) {
      case RunView.Stalled stalled ->
          stalled.advice() + " (./world runs nudge " + view.run().id() + ")";
      case RunView.Unattended left -> left.advice();
      case RunView.Paused paused -> "./world runs resume " + view.run().id() + " lets it go on";
      case RunView.Pending going -> null;
      case RunView.Running going -> null;
      case RunView.Waiting going -> null;
      case RunView.Completed ended -> null;
      case RunView.Continued ended -> null;
      case RunView.Failed ended -> null;
      case RunView.Cancelled ended -> null;
    };
  }

  private static JsonNode json(Shown shown) {
    ObjectNode node = (ObjectNode) Json.of(shown.view().run());
    node.put("doing", shown.doing());
    node.put("advice", advice(shown.view()));
    node.set("steps", Json.of(shown.steps()));
    node.set("children", Json.of(shown.children()));
    node.set("events", Json.of(shown.events()));
    return node;
  }

  private String text(Shown shown) {
    RunView view = shown.view();
    RunRecord run = view.run();
    Facts facts =
        new Facts()
            .add("run", run.id().value())
            .add("workflow", run.workflow())
            .add("doing", shown.doing())
            .add("advice", advice(view))
            .add("created", Moment.local(run.createdAt()))
            .add("deadline", run.deadline() == null ? null : Moment.local(run.deadline()))
            .add("took", Moment.between(run.createdAt(), run.completedAt()))
            .add("key", run.runKey())
            .add("parent", Lineage.parent(run))
            .add("root", Lineage.root(run))
            .add("continues", Lineage.before(run))
            .add("attributes", attributes(view))
            .add("owner", run.owner())
            .add("build", run.pin().equals(Pin.AUTO) ? null : PinWord.write(run.pin()))
            .add("input", run.input() == null ? null : Json.line(Json.of(run.input())))
            .add("output", run.output() == null ? null : Json.line(Json.of(run.output())))
            .add("children", ChildTable.summary(shown.children()));
    if (output.verbose() && view instanceof RunView.Failed failed) {
      facts.add("error", Errors.text(failed.failure(), true));
    }
    StringBuilder text = new StringBuilder(facts.toString());
    if (!shown.steps().isEmpty()) {
      text.append("\n\n").append(steps(shown.steps()).text(session.columns()));
    }
    if (!shown.children().isEmpty()) {
      text.append("\n\n").append(ChildTable.of(shown.children()).text(session.columns()));
    }
    if (!shown.events().isEmpty()) {
      text.append("\n\n").append(LogTable.of(shown.events()).text(session.columns()));
    }
    return text.toString();
  }

  static Table steps(List<StepRecord> steps) {
    Table table = new Table("step", "branch", "status", "attempts", "took", "output", "error");
    steps.forEach(
        step ->
            table.row(
                step.name(),
                step.branch(),
                step.status().word(),
                attempts(step),
                Moment.between(step.startedAt(), step.completedAt()),
                step.output() == null ? "" : Json.line(Json.of(step.output())),
                Errors.line(step.error())));
    return table;
  }

  /** How many have begun, and what became of those that came to no result. */
  static String attempts(StepRecord step) {
    boolean isUnderWay = step.status() == StepStatus.RUNNING;
    boolean isDone = step.status() == StepStatus.COMPLETED;
    int begun = step.failedAttempts() + step.lostAttempts() + (isUnderWay || isDone ? 1 : 0);
    String parts =
        Stream.of(part(step.failedAttempts(), "failed"), part(step.lostAttempts(), "lost"))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    return Math.max(begun, step.attempt()) + (parts.isEmpty() ? "" : " (" + parts + ")");
  }

  private static String part(int count, String what) {
    return count == 0 ? "" : count + " " + what;
  }

  private static String attributes(RunView view) {
    return view.run().attributes().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String shown(AttributeValue value) {
    return value instanceof AttributeValue.Text text ? text.text() : AttributeJson.write(value);
  }
}
