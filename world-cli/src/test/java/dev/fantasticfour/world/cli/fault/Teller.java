package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.cli.fault.Story.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workflow that does what its {@link Story} says. */
final class Teller implements Workflow<Story, Told> {

  /** How long a flaky step waits for its second attempt. */
  static final Duration BACK_OFF = Duration.ofSeconds(2);

  private static final RetryPolicy RETRIES = new RetryPolicy(4, BACK_OFF, 1, BACK_OFF, 0);
  private static final Duration WORK = Duration.ofMillis(25);

  private final BodyJournal bodies;
  private final Gates gates;

  Teller(BodyJournal bodies, Gates gates) {
    this.bodies = bodies;
    this.gates = gates;
  }

  @Override
  public Told run(WorkflowContext ctx, Story story) {
    Map<String, String> used = new LinkedHashMap<>();
    List<String> answers = new ArrayList<>();
    for (String line : story.lines()) {
      String[] words = line.split(" ", 2);
      String name = words[1];
      switch (words[0]) {
        case "step" -> used.put(name, step(ctx, name, () -> Thread.sleep(WORK)));
        case "held" -> used.put(name, step(ctx, name, () -> gates.pass(name)));
        case "stuck" -> used.put(name, step(ctx, name, () -> gates.passUnmoved(name)));
        case "fatal" -> used.put(name, step(ctx, name, Teller::die));
        case "flaky" -> used.put(name, flaky(ctx, name));
        case "sleep" -> ctx.sleep(Duration.ofMillis(Long.parseLong(name)));
        case "hook" -> {
          try (Hook<String> hook = ctx.hook(Story.HOOK, name)) {
            answers.add(hook.await());
          }
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
    return new Told(used, answers);
  }

  private String step(WorkflowContext ctx, String name, BodyJournal.Body body) {
    return step(ctx, name, s -> bodies.value(s, body));
  }

  private String flaky(WorkflowContext ctx, String name) {
    return step(
        ctx,
        name,
        s ->
            bodies.value(
                s,
                () -> {
                  if (s.attempt() == 1) {
                    throw new IOException("out of order");
                  }
                }));
  }

  private static String step(WorkflowContext ctx, String name, StepBody<String> body) {
    return ctx.step(name, String.class, o -> o.retry(RETRIES), body);
  }

  private static void die() {
    if ("true".equals(System.getenv(Story.HALTS))) {
      Runtime.getRuntime().halt(1);
    }
  }
}
