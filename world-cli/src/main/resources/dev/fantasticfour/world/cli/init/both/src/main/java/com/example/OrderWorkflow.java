package com.example;

import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;

/** Holds an order, waits for an approval, charges, and ships. */
public final class OrderWorkflow implements Workflow<String, String> {

  // The places where the persistent names are written: classes and methods may be renamed freely.
  public static final WorkflowType<String, String> TYPE =
      WorkflowType.of("order", String.class, String.class);
  public static final HookType<Boolean> APPROVAL = HookType.of("approval", Boolean.class);

  @Override
  public String run(WorkflowContext ctx, String order) {
    String hold = ctx.step("hold", String.class, step -> done("1 of 3: held " + order));
    ctx.sleep(Duration.ofSeconds(10)); // no thread waits, and no restart shortens or lengthens it
    try (Hook<Boolean> approval = ctx.hook(APPROVAL, "approval-of-" + order)) {
      if (!approval.await(Duration.ofDays(3)).orElse(false)) {
        return order + " is rejected";
      }
    }
    String payment = ctx.step("charge", String.class, step -> done("2 of 3: charged " + order));
    String parcel = ctx.step("ship", String.class, step -> done("3 of 3: shipped " + order));
    return String.join("; ", hold, payment, parcel);
  }

  private static String done(String what) {
    System.out.println("step " + what);
    return what;
  }
}
