package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** An exception that workflow code catches looks the same at once and in every replay. */
class ReplayedErrorsTest {

  private final List<String> caught = new ArrayList<>();

  @Test
  void theFailureOfAStepWithItsCausesAndWhatWasSuppressed() throws Exception {
    FatalException thrown =
        new FatalException("outer", new IOException("middle", new IllegalStateException("inner")));
    thrown.addSuppressed(new IOException("beside", new IllegalStateException("under it")));

    caughtTwice(ctx -> ctx.step("a", String.class, s -> "unused"), new StepResult.Threw(thrown));

    assertThat(caught.getFirst())
        .isEqualTo(
            """
            dev.fantasticfour.world.api.error.StepFailedException: step 'a' failed (FATAL) after 1 \
            attempt: dev.fantasticfour.world.api.error.FatalException: outer
            < dev.fantasticfour.world.api.error.FatalException: outer
            ! java.io.IOException: beside
            < java.lang.IllegalStateException: under it
            < java.io.IOException: middle
            < java.lang.IllegalStateException: inner
            """);
  }

  @Test
  void aTimeLimit() throws Exception {
    caughtTwice(
        ctx -> ctx.step("a", String.class, o -> o.attempts(1), s -> "unused"),
        new StepResult.TimedOut(new TimeoutException("too long")));

    assertThat(caught.getFirst()).contains("TIMED_OUT").contains("< java.util.concurrent.Timeout");
  }

  @Test
  void theFailuresOfAllBranchesOfAny() throws Exception {
    caughtTwice(
        ctx ->
            ctx.any(
                List.<BranchBody<String>>of(
                    b -> b.step("a", String.class, s -> "unused"),
                    b -> {
                      throw new IOException("of the other branch");
                    })),
        new StepResult.Threw(new FatalException("no")));

    assertThat(caught.getFirst())
        .contains("! dev.fantasticfour.world.api.workflow.BranchFailedException: branch '/1'")
        .contains("< java.io.IOException: of the other branch")
        .contains("< dev.fantasticfour.world.api.error.FatalException: no");
  }

  private interface Attempted {
    Object call(WorkflowContext ctx);
  }

  /** Catches what a call throws when step "a" fails so, and once more in a replay. */
  private void caughtTwice(Attempted call, StepResult failure) throws Exception {
    Workflow<String, String> code =
        (ctx, in) -> {
          try {
            return String.valueOf(call.call(ctx));
          } catch (RuntimeException e) {
            StringBuilder told = new StringBuilder();
            tell("", e, told);
            caught.add(told.toString());
          }
          ctx.step("then", String.class, s -> "unused");
          return "ended";
        };
    try (Rig rig = new Rig(code)) {
      rig.host().finish(rig.body("a"), failure);
      rig.settle();
      assertThat(caught).hasSize(1);

      rig.execution().detach();
      rig.settle();
      rig.load(code);

      assertThat(caught).hasSize(2);
      assertThat(caught.get(1)).isEqualTo(caught.get(0));
      assertThat(rig.view().stalledReason()).isNull();
    }
  }

  private static void tell(String how, Throwable thrown, StringBuilder told) {
    told.append(how).append(thrown).append('\n');
    for (Throwable suppressed : thrown.getSuppressed()) {
      tell("! ", suppressed, told);
    }
    if (thrown.getCause() != null) {
      tell("< ", thrown.getCause(), told);
    }
    if (thrown instanceof StepFailedException step) {
      assertThat(thrown.getCause()).hasToString(step.failure().toString());
    }
  }
}
