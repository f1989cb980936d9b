package dev.fantasticfour.world.example.order;

import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.example.order.Receipt.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * From order to receipt. Waiting for the approval and cooling off cost no thread and survive every
 * restart; a step that has succeeded is never run again.
 */
public final class OrderWorkflow implements Workflow<Order, Receipt> {

  /** The workflow. */
  public static final WorkflowType<Order, Receipt> TYPE =
      WorkflowType.of("order", Order.class, Receipt.class);

  /** Where somebody says yes or no. */
  public static final HookType<Approval> APPROVAL = HookType.of("approval", Approval.class);

  /** What packing tells while it goes on. */
  public static final StreamType<Progress> PROGRESS = StreamType.of("progress", Progress.class);

  /** The payment: tried again quickly at first, since customers wait. */
  public static final StepType<Charge, String> CHARGE =
      StepType.of("charge", Charge.class, String.class)
          .with(
              StepOptions.DEFAULT
                  .retry(new RetryPolicy(8, Duration.ofMillis(200), 2, Duration.ofSeconds(30), 0.2))
                  .timeout(Duration.ofSeconds(20)));

  private final Warehouse warehouse;
  private final Duration patience;
  private final Duration coolingOff;

  OrderWorkflow(Warehouse warehouse, Duration patience, Duration coolingOff) {
    this.warehouse = warehouse;
    this.patience = patience;
    this.coolingOff = coolingOff;
  }

  /** The token of the approval of an order. */
  public static String approvalOf(String orderId) {
    return "order-" + orderId;
  }

  @Override
  public Receipt run(WorkflowContext ctx, Order order) {
    String hold =
        ctx.step("reserve", String.class, s -> warehouse.reserve(order, s.idempotencyKey()));

    Outcome outcome = decided(ctx, order);
    if (outcome != Outcome.SHIPPED) {
      ctx.step("release", Boolean.class, s -> released(hold));
      return Receipt.without(order, outcome);
    }

    ctx.sleep(coolingOff);

    List<String> numbers =
        ctx.all(
            List.<BranchBody<String>>of(
                branch -> branch.step(CHARGE, new Charge(order.id(), hold, order.cents())),
                branch ->
                    branch.step(
                        "pack",
                        String.class,
                        s -> {
                          StreamWriter<Progress> progress = s.stream(PROGRESS);
                          return warehouse.pack(order, hold, progress::write);
                        })));
    return Receipt.shipped(order, numbers.get(0), numbers.get(1));
  }

  /** The hook is closed as soon as the answer is there: nobody can change their mind later. */
  private Outcome decided(WorkflowContext ctx, Order order) {
    try (Hook<Approval> hook = ctx.hook(APPROVAL, approvalOf(order.id()))) {
      Received<Approval> answer = hook.await(patience);
      return answer
          .map(approval -> approval.granted() ? Outcome.SHIPPED : Outcome.REJECTED)
          .orElse(Outcome.EXPIRED);
    }
  }

  private boolean released(String hold) {
    warehouse.release(hold);
    return true;
  }
}
