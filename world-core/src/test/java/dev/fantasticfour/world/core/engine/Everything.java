package dev.fantasticfour.world.core.engine;

import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;

/** A workflow that uses everything a node has threads for. */
public final class Everything {

  public static final WorkflowType<String, String> TYPE =
      WorkflowType.of("everything", String.class, String.class);
  public static final HookType<String> HOOK = HookType.of("hook", String.class);
  public static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();

  private static final StreamType<String> WORDS = StreamType.of("words", String.class);

  private Everything() {}

  /**
   * Its code.
   *
   * @param token of its hook
   */
  public static String run(WorkflowContext context, String token) {
    String written =
        context.step(
            "inline",
            String.class,
            step -> {
              step.stream(WORDS).write("word");
              return "inline";
            });
    context.sleep(Duration.ofMillis(5));
    String queued = context.step(QUEUED, written);
    try (var hook = context.hook(HOOK, token)) {
      return queued + " " + hook.await();
    }
  }
}
