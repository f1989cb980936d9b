package dev.fantasticfour.world.example.quarkus;

import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;

/** Waits up to three days for an approval, and charges. */
final class OrderWorkflow implements Workflow<String, String> {

  static final WorkflowType<String, String> TYPE =
      WorkflowType.of("order", String.class, String.class);
  static final StepType<String, String> CHARGE = StepType.of("charge", String.class, String.class);
  static final HookType<Boolean> APPROVAL = HookType.of("approval", Boolean.class);

  /** Under which the approval of an order is waited for. */
  static String token(String order) {
    return "order-" + order;
  }

  @Override
  public String run(WorkflowContext ctx, String order) {
    try (Hook<Boolean> hook = ctx.hook(APPROVAL, token(order))) {
      return hook.await(Duration.ofDays(3)).orElse(false) ? ctx.step(CHARGE, order) : "rejected";
    }
  }
}
