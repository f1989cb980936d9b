package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Pages;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.timeline.Bar;
import dev.fantasticfour.world.cli.timeline.Bars;
import dev.fantasticfour.world.cli.timeline.Timeline;
import dev.fantasticfour.world.cli.view.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs timeline}. */
@Command(
    name = "timeline",
    description = {
      "Draw what a run did over time, a line for each step, sleep, hook and child.",
      "Long times in which nothing happens are drawn short; --true-scale draws them as long."
    })
public final class RunsTimeline implements Callable<Integer> {

  private static final int WIDTH = 80;

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(names = "--true-scale", description = "draw every second as long as any other")
  private boolean isTrueScale;

  public RunsTimeline(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (World world = named.client(session)) {
      String runId = named.id(world.client());
      // An unknown run is an answer, and no empty drawing.
      world.client().run(runId).view();
      List<Event> log = Pages.all(page -> world.client().events(runId, page));
      List<Bar> bars = Bars.of(log);
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).set("bars", Json.of(bars)),
              () ->
                  new Timeline(bars, Instant.now(), session.columns().orElse(WIDTH), isTrueScale)
                      .text());
      return ExitCode.OK;
    }
  }
}
