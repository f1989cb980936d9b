package dev.fantasticfour.world.example.guice;

import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import jakarta.inject.Inject;
import java.time.Duration;

/** Greets somebody, a moment later. */
public final class GreetingWorkflow implements Workflow<String, String> {

  /** The workflow. */
  public static final WorkflowType<String, String> TYPE =
      WorkflowType.of("greeting", String.class, String.class);

  private final Greetings greetings;

  @Inject
  GreetingWorkflow(Greetings greetings) {
    this.greetings = greetings;
  }

  @Override
  public String run(WorkflowContext ctx, String name) {
    String words = ctx.step("compose", String.class, step -> greetings.of(name));
    ctx.sleep(Duration.ofMillis(100));
    return words + ctx.step("emphasize", String.class, step -> "!");
  }
}
