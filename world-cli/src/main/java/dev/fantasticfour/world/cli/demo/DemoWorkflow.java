package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.cli.demo.DemoReceipt.Used;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An order: reserve; check stock, fraud and price at the same time; wait for somebody's approval;
 * charge, which fails at first for some; sleep; pack, telling how far it is; ship.
 */
final class DemoWorkflow implements Workflow<DemoOrder, DemoReceipt> {

  static final WorkflowType<DemoOrder, DemoReceipt> TYPE =
      WorkflowType.of("demo-order", DemoOrder.class, DemoReceipt.class);

  static final HookType<String> APPROVAL = HookType.of("approval", String.class);

  static final StreamType<String> PROGRESS = StreamType.of("progress", String.class);

  static final StepType<DemoOrder, String> CHARGE =
      StepType.of("charge", DemoOrder.class, String.class)
          .with(
              StepOptions.DEFAULT.retry(
                  new RetryPolicy(5, Duration.ofMillis(300), 2, Duration.ofSeconds(5), 0.2)));

  private static final Duration QUICK = Duration.ofMillis(30);
  private static final Duration CHARGING = Duration.ofMillis(120);
  private static final Duration PACKING_OF_ONE = Duration.ofMillis(180);
  private static final int ITEMS = 8;

  private final BodyJournal journal;

  DemoWorkflow(BodyJournal journal) {
    this.journal = journal;
  }

  @Override
  public DemoReceipt run(WorkflowContext ctx, DemoOrder order) {
    List<Used> used = new ArrayList<>();
    used.add(step(ctx, "reserve"));
    used.addAll(
        ctx.all(
            List.<BranchBody<Used>>of(
                branch -> step(branch, "check stock"),
                branch -> step(branch, "check fraud"),
                branch -> step(branch, "check price"))));

    String approvedBy;
    try (Hook<String> hook = ctx.hook(APPROVAL, order.token())) {
      approvedBy = hook.await();
    }

    used.add(new Used(CHARGE.name(), ctx.step(CHARGE, order)));
    ctx.sleep(order.sleep());
    used.add(
        new Used(
            "pack",
            ctx.step(
                "pack",
                String.class,
                s ->
                    journal.value(
                        s,
                        () -> {
                          var progress = s.stream(PROGRESS);
                          for (int i = 1; i <= ITEMS; i++) {
                            Thread.sleep(PACKING_OF_ONE);
                            progress.write("packed " + i + " of " + ITEMS);
                          }
                        }))));
    used.add(step(ctx, "ship"));
    return new DemoReceipt(order.number(), order.region(), order.cents(), approvedBy, used);
  }

  /** The registered body of {@link #CHARGE}. */
  static String charge(BodyJournal journal, StepContext step, DemoOrder order) throws Exception {
    return journal.value(
        step,
        () -> {
          Thread.sleep(CHARGING);
          if (order.flaky() && step.attempt() == 1) {
            throw new IOException("payment service answered 503");
          }
        });
  }

  private Used step(WorkflowContext ctx, String name) {
    return new Used(
        name, ctx.step(name, String.class, s -> journal.value(s, () -> Thread.sleep(QUICK))));
  }
}
