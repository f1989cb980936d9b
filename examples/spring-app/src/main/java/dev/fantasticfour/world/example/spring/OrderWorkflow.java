package dev.fantasticfour.world.example.spring;

import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;

/** Waits up to three days for an approval, and charges. */
final class OrderWorkflow implements Workflow<Order, Receipt> {

  static final WorkflowType<Order, Receipt> TYPE =
      WorkflowType.of("order", Order.class, Receipt.class);
  static final StepType<Order, String> CHARGE = StepType.of("charge", Order.class, String.class);
  static final HookType<Approval> APPROVAL = HookType.of("approval", Approval.class);

  /** Under which the approval of an order is waited for. */
  static String token(String order) {
    return "order-" + order;
  }

  @Override
  public Receipt run(WorkflowContext ctx, Order order) {
    try (Hook<Approval> hook = ctx.hook(APPROVAL, token(order.id()))) {
      boolean isGranted = hook.await(Duration.ofDays(3)).map(Approval::granted).orElse(false);
      return new Receipt(order.id(), isGranted ? ctx.step(CHARGE, order) : "rejected");
    }
  }
}
