package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import org.junit.jupiter.api.Test;

class LeavingTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);

  private final Rig rig =
      new Rig(
          (ctx, in) -> {
            String done = ctx.step("step", String.class, s -> "unused");
            return done + ctx.hook(HOOK, "token").await();
          });

  /** The result of the step is appended, and what with fails for that reason. */
  private ScriptedHost appendFailsWith(ErrorCode code) {
    ScriptedHost host = rig.host();
    host.finish(rig.body("step"), new StepResult.Returned(Payload.json("\"done\"")));
    host.turn();
    host.fail(new WorldException(code, "no answer"));
    rig.settle();
    return host;
  }

  @Test
  void aRunWhoseAppendWasCutOffByTheCloseOfTheWorldLeavesWithoutStanding() {
    ScriptedHost host = appendFailsWith(ErrorCode.CLOSED);
    assertThat(host.stalled()).isNull();
    assertThat(host.hasLeft()).isTrue();
  }

  @Test
  void aRunWhoseAppendTheStoreRefusesForAnotherReasonStands() {
    ScriptedHost host = appendFailsWith(ErrorCode.CONTRACT_VIOLATION);
    assertThat(host.stalled()).contains("an append failed: no answer");
    assertThat(host.hasLeft()).isTrue();
  }

  @Test
  void aWaitingRunThatCannotLeaveWhenItIsAskedToIsCountedAgain() {
    rig.finish("step", "done");
    ScriptedHost host = rig.host();
    int before = host.timesParked();

    rig.execution().nudge();
    rig.execution().evict();
    rig.settle();

    assertThat(host.hasLeft()).isFalse();
    assertThat(host.timesParked()).isEqualTo(before + 1);
  }

  @Test
  void aWaitingRunLeavesWhenItIsAskedTo() {
    rig.finish("step", "done");
    rig.execution().evict();
    rig.settle();
    assertThat(rig.host().hasLeft()).isTrue();
  }
}
