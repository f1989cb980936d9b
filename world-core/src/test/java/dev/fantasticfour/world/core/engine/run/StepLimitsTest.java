package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What an owner makes of steps that are lost, or not over in time. */
class StepLimitsTest {

  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class)
          .queued()
          .overallTimeout(Duration.ofMinutes(10));

  private static String queued(WorkflowContext ctx, String in) {
    try {
      return ctx.step(QUEUED, in);
    } catch (StepFailedException e) {
      return e.reason() + ": " + e.failure().message();
    }
  }

  @Test
  void anInlineAttemptThatIsLostIsBegunAgainUnderItsNumberAndIsNoFailure() {
    try (Rig rig = new Rig((ctx, in) -> ctx.step("a", String.class, s -> "unused"))) {
      rig.host().finish(rig.body("a"), new StepResult.Lost(new TimeoutException("silent")));
      rig.settle();
      assertThat(rig.body("a").attempt()).isEqualTo(1);
      rig.finish("a", "done");

      assertThat(rig.words())
          .endsWith("step_started", "step_started", "step_completed", "run_completed");
      StepRecord step = step(rig);
      assertThat(step.lostAttempts()).isEqualTo(1);
      assertThat(step.failedAttempts()).isZero();
    }
  }

  private static StepRecord step(Rig rig) {
    return rig.stage()
        .storage()
        .steps(rig.stage().run(), PageRequest.oldestFirst())
        .items()
        .getFirst();
  }

  @Test
  void anInlineStepThatLosesTooManyAttemptsFailsAndATakeoverForgetsNoneOfThem() {
    Workflow<String, String> code =
        (ctx, in) -> {
          try {
            return ctx.step("a", String.class, o -> o.lostAttempts(1), s -> "unused");
          } catch (StepFailedException e) {
            return e.reason() + " " + e.attempts();
          }
        };
    try (Rig rig = new Rig(code)) {
      rig.host().finish(rig.body("a"), new StepResult.Lost(new TimeoutException("silent")));
      rig.settle();
      rig.load(code);
      rig.host().finish(rig.body("a"), new StepResult.Lost(new TimeoutException("silent")));
      rig.settle();

      assertThat(rig.view().output()).isEqualTo(Payload.json("\"LOST 1\""));
      assertThat(step(rig).errorCode()).isEqualTo("LOST");
    }
  }

  @Test
  void aQueuedStepThatNobodyTakesFailsWhenItsTimeIsOver() {
    try (Rig rig = new Rig(StepLimitsTest::queued)) {
      Instant asked = rig.stage().now();
      rig.ring();

      assertThat(rig.stage().now()).isEqualTo(asked.plus(Duration.ofMinutes(10)));
      assertThat(rig.view().output())
          .isEqualTo(
              Payload.json(
                  "\"TIMED_OUT: step 'queued' was not over within PT10M of being asked for\""));
      assertThat(step(rig).errorCode()).isEqualTo("TIMED_OUT");
    }
  }

  @Test
  void theTimeOfAQueuedStepIsCountedFromWhenItWasAskedForWhoeverOwnsTheRun() {
    try (Rig rig = new Rig(StepLimitsTest::queued)) {
      Instant asked = rig.stage().now();
      assertThat(rig.view().dueAt()).isEqualTo(asked.plus(Duration.ofMinutes(10)));
      rig.stage().pass(Duration.ofMinutes(9));
      rig.load(StepLimitsTest::queued);
      rig.ring();

      assertThat(rig.stage().now()).isEqualTo(asked.plus(Duration.ofMinutes(10)));
      assertThat(step(rig).status()).isEqualTo(StepStatus.FAILED);
    }
  }

  @Test
  void anAttemptThatIsUnderWayThenCannotComplete() {
    try (Rig rig = new Rig(StepLimitsTest::queued)) {
      String id = step(rig).id();
      Authority second = new Authority.AttemptHolder(id, 2);
      take(rig, id, 1);
      take(rig, id, 2);
      rig.ring();

      assertThat(rig.stage().append(second, id, new Fact.StepCompleted(null, 2, null, null)))
          .isInstanceOf(AppendResult.Closed.class);
      assertThat(step(rig).attempt()).isEqualTo(2);
    }
  }

  private static void take(Rig rig, String step, int attempt) {
    assertThat(
            rig.stage()
                .append(
                    new Authority.AttemptHolder(step, attempt),
                    step,
                    new Fact.StepStarted(null, attempt, "elsewhere")))
        .isInstanceOf(AppendResult.Appended.class);
  }

  @Test
  void aStepThatIsOverUnheardOfWhenItsTimeIsHasItsResult() {
    try (Rig rig = new Rig(StepLimitsTest::queued)) {
      String id = step(rig).id();
      take(rig, id, 1);
      var unused =
          rig.stage()
              .append(
                  new Authority.AttemptHolder(id, 1),
                  id,
                  new Fact.StepCompleted(null, 1, null, Payload.json("\"in time\"")));
      rig.ring();

      assertThat(rig.view().output()).isEqualTo(Payload.json("\"in time\""));
      assertThat(rig.view().stalledReason()).isNull();
    }
  }
}
