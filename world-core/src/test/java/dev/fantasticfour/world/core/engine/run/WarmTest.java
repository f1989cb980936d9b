package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A run that waits stays as it is: its code goes on where it stood, and nothing is read again. */
class WarmTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final int ROUNDS = 34;

  private final AtomicInteger entered = new AtomicInteger();
  private final Set<Object> locals = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Workflow<String, String> rounds =
      (ctx, in) -> {
        Object local = new Object();
        entered.incrementAndGet();
        try (Hook<String> hook = ctx.hook(HOOK, "token")) {
          for (int round = 0; round < ROUNDS; round++) {
            ctx.step("step", String.class, s -> "unused");
            locals.add(local);
            ctx.sleep(Duration.ofMinutes(1));
            locals.add(local);
            hook.await();
            locals.add(local);
          }
        }
        return in;
      };

  private void playTo(Rig rig, boolean resumedHere) {
    for (int round = 0; round < ROUNDS; round++) {
      rig.finish("step", "done");
      rig.ring();
      if (resumedHere) {
        rig.resume("token", "payload");
      } else {
        rig.resumeByOthers("token", "payload");
      }
    }
    assertThat(rig.view().status().isFinal()).isTrue();
  }

  @Test
  void localsLiveThroughAHundredContinuations() {
    try (Rig rig = new Rig(rounds)) {
      playTo(rig, true);

      assertThat(locals).hasSize(1);
    }
  }

  @Test
  void theBodyIsEnteredOnce() {
    try (Rig rig = new Rig(rounds)) {
      playTo(rig, true);

      assertThat(entered).hasValue(1);
    }
  }

  @Test
  void nothingIsReadAfterStepsTimersAndResumesOfThisProcess() {
    try (Rig rig = new Rig(rounds)) {
      playTo(rig, true);

      assertThat(rig.host().reads()).isZero();
    }
  }

  @Test
  void theLogIsReadOnceForEachResumeByAnotherProcess() {
    try (Rig rig = new Rig(rounds)) {
      playTo(rig, false);

      assertThat(rig.host().reads()).isEqualTo(ROUNDS);
    }
  }

  @Test
  void aResumeThatOvertakesTheAnswerToABatchNeedsNoRead() {
    try (Rig rig = new Rig(rounds)) {
      ScriptedHost host = rig.host();
      host.finish(
          rig.body("step"),
          new StepResult.Returned(dev.fantasticfour.world.api.Payload.json("\"x\"")));
      host.turn();
      var committed = rig.stage().append(host.sent().batch());
      var resumed =
          (dev.fantasticfour.world.core.port.AppendResult.Appended)
              rig.stage().resume("token", "early");
      rig.execution().tell(resumed.events());
      while (host.hasTurn()) {
        host.turn();
      }

      host.answer(committed);
      rig.settle();

      assertThat(host.reads()).isZero();
    }
  }
}
