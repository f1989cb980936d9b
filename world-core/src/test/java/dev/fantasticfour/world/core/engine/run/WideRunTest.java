package dev.fantasticfour.world.core.engine.run;

import static dev.fantasticfour.world.api.workflow.AtOnce.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What one outcome costs does not grow with the branches that still wait. Counted in bytes that the
 * turns ask for, which a copy, a list or an iterator over all branches would show.
 */
class WideRunTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int OUTCOMES = 100;
  private static final int FEW = 200;
  private static final int MANY = 10 * FEW;

  private static Workflow<String, String> branches(int number, BranchBody<String> body) {
    return (ctx, in) -> {
      List<BranchBody<String>> bodies = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        bodies.add(body);
      }
      return String.join("", ctx.all(bodies));
    };
  }

  private static String step(WorkflowContext ctx) {
    return ctx.step("work", String.class, s -> "unused");
  }

  private static String sleep(WorkflowContext ctx) {
    ctx.sleep(Duration.ofMinutes(1 + ctx.random().nextInt(100_000)));
    return "";
  }

  /** Bytes per outcome of a step, while the others run. */
  private static long bytesPerStep(int branches) {
    try (Rig rig = new Rig(branches(branches, WideRunTest::step))) {
      List<ScriptedHost.Body> bodies = List.copyOf(rig.host().bodies());
      assertThat(bodies).hasSize(branches);
      long before = 0;
      for (int i = 0; i < 2 * OUTCOMES; i++) {
        if (i == OUTCOMES) {
          before = THREADS.getCurrentThreadAllocatedBytes();
        }
        rig.host().finish(bodies.get(i), new StepResult.Returned(Payload.json("\"\"")));
        rig.settle();
      }
      return (THREADS.getCurrentThreadAllocatedBytes() - before) / OUTCOMES;
    }
  }

  /** Bytes per alarm, while the others sleep on. */
  private static long bytesPerAlarm(int branches) {
    try (Rig rig = new Rig(branches(branches, WideRunTest::sleep))) {
      long before = 0;
      for (int i = 0; i < 2 * OUTCOMES; i++) {
        if (i == OUTCOMES) {
          before = THREADS.getCurrentThreadAllocatedBytes();
        }
        rig.ring();
      }
      return (THREADS.getCurrentThreadAllocatedBytes() - before) / OUTCOMES;
    }
  }

  /** Bytes per outcome of a step, while others wait for their turn. */
  private static long bytesPerItem(int items) {
    Workflow<String, String> code =
        (ctx, in) ->
            String.join(
                "", ctx.map(Collections.nCopies(items, "x"), atOnce(50), (b, item) -> step(b)));
    try (Rig rig = new Rig(code)) {
      long before = 0;
      for (int i = 0; i < items; i++) {
        if (i == items - OUTCOMES) {
          before = THREADS.getCurrentThreadAllocatedBytes();
        }
        ScriptedHost.Body body = rig.host().bodies().getFirst();
        rig.host().finish(body, new StepResult.Returned(Payload.json("\"\"")));
        rig.settle();
      }
      return (THREADS.getCurrentThreadAllocatedBytes() - before) / OUTCOMES;
    }
  }

  @Test
  void whatAnItemCostsDoesNotGrowWithThoseThatCameBefore() {
    assertThat(bytesPerItem(MANY)).isLessThan(2 * bytesPerItem(FEW));
  }

  @Test
  void whatAStepCostsDoesNotGrowWithTheBranchesThatWait() {
    assertThat(bytesPerStep(MANY)).isLessThan(2 * bytesPerStep(FEW));
  }

  @Test
  void whatAnAlarmCostsDoesNotGrowWithTheBranchesThatSleep() {
    assertThat(bytesPerAlarm(MANY)).isLessThan(2 * bytesPerAlarm(FEW));
  }
}
