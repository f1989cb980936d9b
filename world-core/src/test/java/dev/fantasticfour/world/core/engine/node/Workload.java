package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.virtual.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What the simulated nodes execute: runs whose input says, letter by letter, what they do, so that
 * their result is known beforehand.
 */
final class Workload {

  static final WorkflowType<String, String> TYPE =
      WorkflowType.of("script", String.class, String.class);

  private static final HookType<String> HOOK = HookType.of("bell", String.class);
  private static final RetryPolicy SOON =
      new RetryPolicy(50, Duration.ofMillis(500), 1, Duration.ofSeconds(1), 0.2);
  private static final String LETTERS = "qqqqssslzhfkbr";

  private final Surroundings world;

  Workload(Surroundings world) {
    this.world = world;
  }

  /** What a run does, by chance. */
  static String script(Random random) {
    StringBuilder script = new StringBuilder();
    int length = random.nextInt(1, 8);
    for (int i = 0; i < length; i++) {
      script.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return script.toString();
  }

  /** What it comes to. */
  static String result(String script) {
    return script.replace("f", "fff");
  }

  /** The workflow as that node has it, all nodes alike. */
  Registry registry(java.util.function.Supplier<SimulatedNode> node) {
    Registry registry = new Registry();
    var unused = registry.register(TYPE, (context, script) -> run(context, script, node));
    return registry;
  }

  private String run(
      WorkflowContext context, String script, java.util.function.Supplier<SimulatedNode> node) {
    StringBuilder result = new StringBuilder();
    for (char letter : script.toCharArray()) {
      switch (letter) {
        case 'z' -> {
          context.sleep(Duration.ofMillis(500 + 3_000L * (script.hashCode() & 7)));
          result.append(letter);
        }
        case 'h' -> {
          try (var hook = context.hook(HOOK, context.runId() + "-" + result.length())) {
            var unused = hook.await(Duration.ofSeconds(20));
          }
          result.append(letter);
        }
        case 'f' -> {
          List<String> all =
              context.<String>all(
                  List.of(
                      c -> step(c, letter, node),
                      c -> step(c, letter, node),
                      c -> step(c, letter, node)));
          result.append(String.join("", all));
        }
        default -> result.append(step(context, letter, node));
      }
    }
    return result.toString();
  }

  private String step(
      WorkflowContext context, char letter, java.util.function.Supplier<SimulatedNode> node) {
    return context.step(
        "step-" + letter,
        String.class,
        options -> {
          var patient = options.retry(SOON);
          return letter == 'b' ? patient.timeout(Duration.ofSeconds(3)) : patient;
        },
        step -> body(step, letter, node.get()));
  }

  private String body(StepContext step, char letter, SimulatedNode node) throws Exception {
    RunId run = new RunId(step.runId());
    world.referee().bodyStarts(node, run, step.stepId(), step.attempt());
    Timeline timeline = world.timeline();
    switch (letter) {
      case 'q' -> {}
      case 's' -> timeline.sleepInterruptibly(Duration.ofMillis(300));
      case 'l' -> timeline.sleepInterruptibly(Duration.ofSeconds(13));
      case 'f' -> timeline.sleepInterruptibly(Duration.ofMillis(1_500));
      case 'r' -> {
        if (step.attempt() < 3) {
          throw new IllegalStateException("not yet");
        }
      }
      case 'b' ->
          // Longer than its timeout, but for the second attempt.
          timeline.sleepInterruptibly(Duration.ofSeconds(step.attempt() % 2 == 0 ? 1 : 10));
      case 'k' -> {
        if (world.weather().mayKill()) {
          node.kill();
          timeline.checkAlive();
        }
        timeline.sleepInterruptibly(Duration.ofMillis(50));
      }
      default -> throw new IllegalArgumentException("what is " + letter);
    }
    return String.valueOf(letter);
  }

  /** The facts that create a run. */
  static List<Fact> creation(String script) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact.RunCreated(
            TYPE.name(),
            "dev",
            1,
            "default",
            Payload.json('"' + script + '"'),
            null,
            null,
            java.util.Map.of(),
            null));
    return facts;
  }
}
