package dev.fantasticfour.world.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order of the README, with something going wrong at every call that its workers make. */
class OrderThroughCrashesTest {

  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final HookType<Boolean> APPROVAL = HookType.of("approval", Boolean.class);
  private static final StreamType<String> PROGRESS = StreamType.of("progress", String.class);
  private static final StepType<String, String> CHARGE =
      StepType.of("charge", String.class, String.class);

  /** A bank and a warehouse that tell by the key what was asked for before. */
  private static final class Outside {

    private final Map<String, String> done = new HashMap<>();
    private boolean isAway = true;

    private String once(StepContext step, String effect) {
      return done.computeIfAbsent(step.idempotencyKey(), key -> effect);
    }

    private String charge(StepContext step, String order) throws IOException {
      if (isAway) {
        isAway = false;
        throw new IOException("the bank is away");
      }
      return once(step, "paid " + order);
    }

    private String pack(StepContext step, String order) {
      step.stream(PROGRESS).write("half of " + order);
      step.stream(PROGRESS).write("all of " + order);
      return once(step, "packed " + order);
    }

    private String order(WorkflowContext ctx, String order) {
      String hold = ctx.step("reserve", String.class, step -> once(step, "hold " + order));
      if (!isApproved(ctx, order)) {
        return ctx.step("release", String.class, step -> once(step, "released " + hold));
      }
      ctx.sleep(Duration.ofHours(1));
      return String.join(
          ", ",
          ctx.all(
              List.<BranchBody<String>>of(
                  branch -> branch.step(CHARGE, order),
                  branch -> branch.step("pack", String.class, step -> pack(step, order)))));
    }
  }

  private static boolean isApproved(WorkflowContext ctx, String order) {
    try (Hook<Boolean> hook = ctx.hook(APPROVAL, "approval of " + order)) {
      return hook.await(Duration.ofDays(3)).orElse(false);
    }
  }

  private static Outside registered(TestWorld w) {
    Outside outside = new Outside();
    w.register(ORDER, outside::order).register(CHARGE, outside::charge);
    return outside;
  }

  @Test
  void anOrderIsPaidAndPackedOnceWhateverGoesWrong() {
    TestWorld.crashEverywhere(
        w -> {
          Outside outside = registered(w);
          Run<String> run = w.start(ORDER, "o-1");
          w.resume(run, APPROVAL, true);
          assertThat(w.result(run)).isEqualTo("paid o-1, packed o-1");
          assertThat(outside.done.values())
              .containsExactlyInAnyOrder("hold o-1", "paid o-1", "packed o-1");
          assertThat(w.stream(run, PROGRESS)).containsExactly("half of o-1", "all of o-1");
        });
  }

  @Test
  void anOrderThatNobodyApprovesIsReleasedOnceWhateverGoesWrong() {
    List<Integer> plays = new ArrayList<>();
    TestWorld.crashEverywhere(
        w -> {
          Outside outside = registered(w);
          assertThat(w.result(w.start(ORDER, "o-1"))).isEqualTo("released hold o-1");
          assertThat(outside.done).hasSize(2);
          plays.add(outside.done.size());
        });
    assertThat(plays).as("a play for each call and side").hasSizeGreaterThan(20);
  }
}
