package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;

/** A workflow with a registered step; it waits for a word where its input asks it to. */
final class Greeting implements Workflow<String, String> {

  static final WorkflowType<String, String> TYPE =
      WorkflowType.of("greeting", String.class, String.class);
  static final StepType<String, String> COMPOSE =
      StepType.of("compose", String.class, String.class);
  static final HookType<String> WORD = HookType.of("word", String.class);

  @Override
  public String run(WorkflowContext ctx, String name) {
    String words = ctx.step(COMPOSE, name);
    if (!name.startsWith("wait")) {
      return words;
    }
    try (var hook = ctx.hook(WORD, name)) {
      return words + hook.await();
    }
  }

  static String compose(String name) {
    return "Hello, " + name;
  }
}
