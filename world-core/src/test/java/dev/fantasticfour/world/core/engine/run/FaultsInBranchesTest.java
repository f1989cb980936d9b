package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault of the program in a branch is let out; races and scopes hide only outcomes. */
class FaultsInBranchesTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);

  private static final BranchBody<String> SLOW =
      c -> {
        c.sleep(Duration.ofHours(1));
        return "slow";
      };

  private static String errorOf(Workflow<String, String> code) {
    try (Rig rig = new Rig(code)) {
      return errorOf(rig);
    }
  }

  private static String errorOf(Rig rig) {
    assertThat(rig.view().status()).isEqualTo(RunStatus.FAILED);
    return rig.view().error().text();
  }

  @Test
  void aRaceDoesNotHideAMisusedContext() {
    assertThat(errorOf((ctx, in) -> ctx.any(List.of(c -> ctx.uuid().toString(), SLOW))))
        .contains("ContextMisuseException");
  }

  @Test
  void aRaceDoesNotHideARefusedArgument() {
    assertThat(errorOf((ctx, in) -> ctx.any(List.of(c -> c.step("", String.class, s -> ""), SLOW))))
        .contains("step name");
  }

  @Test
  void aRaceDoesNotHideAMisuseInAStep() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx.any(List.of(c -> c.step("s", String.class, s -> c.uuid().toString()), SLOW)))) {
      rig.fail("s", new ContextMisuseException("used in a step"));

      assertThat(errorOf(rig)).contains("used in a step");
    }
  }

  @Test
  void aRaceStillOutrunsAnOrdinaryFailure() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx.any(
                    List.of(
                        c -> {
                          throw new IllegalStateException("an outcome");
                        },
                        SLOW)))) {
      rig.ring();

      assertThat(rig.view().output().text()).contains("slow");
    }
  }

  @Test
  void aScopeThatNobodyJoinsDoesNotHideAMisusedContext() {
    assertThat(
            errorOf(
                (ctx, in) -> {
                  try (Scope scope = ctx.scope()) {
                    var unused = scope.fork(c -> ctx.uuid().toString());
                    ctx.hook(HOOK, "token").close();
                  }
                  return in;
                }))
        .contains("ContextMisuseException");
  }

  @Test
  void aFaultThatSomebodyWasToldOfIsNotThrownAgain() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = ctx.scope()) {
                var branch = scope.fork(c -> ctx.uuid().toString());
                try {
                  return branch.join();
                } catch (ContextMisuseException e) {
                  return "told";
                }
              }
            })) {
      assertThat(rig.view().output().text()).contains("told");
    }
  }
}
