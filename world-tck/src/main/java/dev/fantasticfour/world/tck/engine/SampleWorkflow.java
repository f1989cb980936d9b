package dev.fantasticfour.world.tck.engine;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.util.List;

/**
 * All that a workflow can do: steps, one of them tried twice, a sleep, branches, a queued step that
 * streams, a hook.
 */
final class SampleWorkflow {

  /** What it returns for the input {@code in} and the payload {@code payload}. */
  static final String RESULT = "in12[l, rq]payload";

  static final HookType<String> HOOK = HookType.of("answer", String.class);
  static final StreamType<String> WORDS = StreamType.of("words", String.class);

  /** Two attempts, a moment apart. */
  static final RetryPolicy SOON =
      new RetryPolicy(4, Duration.ofMillis(5), 1, Duration.ofMillis(5), 0);

  private final WorkflowType<String, String> type;
  private final StepType<String, String> queued;
  private final String token;

  SampleWorkflow(WorldScene scene) {
    type = scene.type("sample");
    queued = StepType.of(scene.name("queued"), String.class, String.class).queued();
    token = scene.name("token");
  }

  WorkflowType<String, String> type() {
    return type;
  }

  /** The token of its hook; only one run at a time can have it. */
  String token() {
    return token;
  }

  void register(Registrations registrations) {
    var unused = registrations.register(type, this::run).register(queued, SampleWorkflow::stream);
  }

  private static String stream(StepContext step, String input) {
    step.stream(WORDS).writeAll(List.of("a", "b"));
    return input + "q";
  }

  private String run(WorkflowContext ctx, String input) {
    String first = ctx.step("first", String.class, s -> input + "1");
    String second =
        ctx.step(
            "second",
            String.class,
            o -> o.retry(SOON),
            s -> {
              if (s.attempt() == 1) {
                throw new IllegalStateException("the first attempt fails");
              }
              return first + "2";
            });
    ctx.sleep(Duration.ofMillis(5));
    List<String> both =
        ctx.<String>all(
            List.of(
                c -> c.step("left", String.class, s -> "l"),
                c -> {
                  c.sleep(Duration.ofMillis(1));
                  return c.step(queued, "r");
                }));
    try (Hook<String> hook = ctx.hook(HOOK, token)) {
      String payload = hook.await(Duration.ofHours(1)).orElse("nothing");
      return ctx.step("last", String.class, s -> second + both + payload);
    }
  }
}
