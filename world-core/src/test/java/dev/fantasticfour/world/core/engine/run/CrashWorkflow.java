package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.node.Registry;
import java.time.Duration;
import java.util.List;

/** A step, a retry, a sleep, branches, a queued step and a hook: all that a crash can hit. */
final class CrashWorkflow {

  static final WorkflowType<String, String> TYPE =
      WorkflowType.of("crash", String.class, String.class);
  static final HookType<String> HOOK = HookType.of("hook", String.class);
  static final String TOKEN = "the-token";

  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();
  private static final RetryPolicy SOON =
      new RetryPolicy(4, Duration.ofMillis(5), 1, Duration.ofMillis(5), 0);

  private CrashWorkflow() {}

  static void register(Registry registry) {
    var unused =
        registry.register(TYPE, CrashWorkflow::run).register(QUEUED, (step, input) -> input + "q");
  }

  private static String run(WorkflowContext ctx, String input) {
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
                  return c.step(QUEUED, "r");
                }));
    try (Hook<String> hook = ctx.hook(HOOK, TOKEN)) {
      String payload = hook.await(Duration.ofHours(1)).orElse("nothing");
      return ctx.step("last", String.class, s -> second + both + payload);
    }
  }
}
