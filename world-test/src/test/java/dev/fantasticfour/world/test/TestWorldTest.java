package dev.fantasticfour.world.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestWorldTest {

  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final WorkflowType<String, String> INVOICE =
      WorkflowType.of("invoice", String.class, String.class);
  private static final StepType<String, String> CHARGE =
      StepType.of("charge", String.class, String.class);
  private static final HookType<String> APPROVAL = HookType.of("approval", String.class);

  private final TestWorld w = TestWorld.inMemory(Instant.parse("2026-01-01T00:00:00Z"));

  @AfterEach
  void close() {
    w.close();
  }

  @Test
  void aRunComesToItsResult() {
    w.register(ORDER, (ctx, in) -> ctx.step("greet", String.class, step -> "hello " + in));
    assertThat(w.result(w.start(ORDER, "you"))).isEqualTo("hello you");
  }

  @Test
  void aSleepOfAMonthTakesNoTime() {
    w.register(
        ORDER,
        (ctx, in) -> {
          ctx.sleep(Duration.ofDays(30));
          return ctx.now().toString();
        });
    Run<String> run = w.start(ORDER, "you");
    w.untilIdle();
    assertThat(w.waitingFor(run).isTime()).isTrue();
    assertThat(w.result(run)).isEqualTo("2026-01-31T00:00:00Z");
  }

  @Test
  void aHookTimesOutWhenItsTimeHasPassed() {
    w.register(
        ORDER,
        (ctx, in) -> {
          try (Hook<String> hook = ctx.hook(APPROVAL)) {
            return hook.await(Duration.ofDays(3)).orElse("nobody");
          }
        });
    Run<String> run = w.start(ORDER, "you");
    w.untilIdle();
    assertThat(w.waitingFor(run).isHook("approval")).isTrue();
    w.advance(Duration.ofDays(3));
    assertThat(run.result(Duration.ZERO)).isEqualTo("nobody");
    w.check();
  }

  @Test
  void aHookIsResumedInTime() {
    w.register(
        ORDER,
        (ctx, in) -> {
          try (Hook<String> hook = ctx.hook(APPROVAL)) {
            return hook.await(Duration.ofDays(3)).orElse("nobody");
          }
        });
    Run<String> run = w.start(ORDER, "you");
    w.advance(Duration.ofDays(3).minusSeconds(1));
    w.resume(run, APPROVAL, "Ann");
    assertThat(w.result(run)).isEqualTo("Ann");
    assertThat(w.now()).isBefore(Instant.parse("2026-01-04T00:00:00Z"));
  }

  @Test
  void hoursOfBackOffTakeNoTime() {
    StepType<String, String> charge =
        CHARGE.with(
            StepOptions.DEFAULT.retry(
                new RetryPolicy(4, Duration.ofHours(10), 1, Duration.ofHours(10), 0)));
    w.register(ORDER, (ctx, in) -> ctx.step(charge, in));
    w.step(charge)
        .fails(new IOException("away"))
        .thenThrows(new IOException("away"))
        .thenReturns("p-1");
    assertThat(w.result(w.start(ORDER, "card"))).isEqualTo("p-1");
    assertThat(w.calls(charge)).extracting(StepCall::attempt).containsExactly(1, 2, 3);
    assertThat(w.calls(charge)).extracting(StepCall::input).containsOnly("card");
  }

  @Test
  void aStepWithoutABodyFailsTheTestAtOnce() {
    w.register(ORDER, (ctx, in) -> ctx.step(CHARGE, in));
    assertThatThrownBy(() -> w.result(w.start(ORDER, "card")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("step 'charge' has neither a body nor a fake");
  }

  @Test
  void aChildIsFaked() {
    w.register(ORDER, (ctx, in) -> ctx.call(INVOICE, in));
    ChildFake<String, String> invoice = w.child(INVOICE).returns("i-1");
    assertThat(w.result(w.start(ORDER, "o-1"))).isEqualTo("i-1");
    assertThat(invoice.inputs()).containsExactly("o-1");
  }

  @Test
  void aChildWithoutCodeIsNamed() {
    w.register(ORDER, (ctx, in) -> ctx.call(INVOICE, in));
    Run<String> run = w.start(ORDER, "o-1");
    assertThatThrownBy(() -> w.result(run))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("workflow 'invoice' is neither registered nor faked");
  }

  @Test
  void whatNobodyEndsIsToldAtOnce() {
    w.register(
        ORDER,
        (ctx, in) -> {
          try (Hook<String> hook = ctx.hook(APPROVAL)) {
            return hook.await();
          }
        });
    Run<String> run = w.start(ORDER, "you");
    assertThatThrownBy(() -> w.result(run))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("waits for hook 'approval'");
  }

  @Test
  void aRunGoesOnAfterItsThreadsWereTaken() {
    w.register(
        ORDER,
        (ctx, in) -> {
          String first = ctx.step("first", String.class, step -> "1");
          ctx.sleep(Duration.ofDays(1));
          return first + ctx.step("second", String.class, step -> "2");
        });
    Run<String> run = w.start(ORDER, "you");
    w.evict(run);
    assertThat(w.result(run)).isEqualTo("12");
    assertThat(w.calls("first")).hasSize(1);
  }

  @Test
  void othersTakeOverFromWorkersThatAreClosed() {
    w.register(
        ORDER,
        (ctx, in) -> {
          ctx.sleep(Duration.ofDays(1));
          return in;
        });
    Run<String> run = w.start(ORDER, "you");
    w.restart();
    assertThat(w.result(run)).isEqualTo("you");
  }

  @Test
  void othersTakeOverFromWorkersThatAreLost() {
    w.register(
        ORDER,
        (ctx, in) -> {
          String first = ctx.step("first", String.class, step -> "1");
          ctx.sleep(Duration.ofDays(1));
          return first + ctx.step("second", String.class, step -> "2");
        });
    Run<String> run = w.start(ORDER, "you");
    w.untilIdle();
    w.crash();
    assertThat(w.result(run)).isEqualTo("12");
    assertThat(w.calls("first")).hasSize(1);
  }

  @Test
  void whoeverWaitsForAResultMovesNoTime() {
    w.register(
        ORDER,
        (ctx, in) -> {
          ctx.sleep(Duration.ofDays(400));
          return in;
        });
    Run<String> run = w.start(ORDER, "you");
    CompletableFuture<String> result = run.resultAsync();
    w.advance(Duration.ofDays(399));
    assertThat(result).isNotDone();
    w.advance(Duration.ofDays(2));
    assertThat(result).isCompletedWithValue("you");
  }

  @Test
  void aFailureIsTheTests() {
    w.register(
        ORDER,
        (ctx, in) -> {
          throw new IllegalStateException("no");
        });
    Run<String> run = w.start(ORDER, "you");
    assertThatThrownBy(() -> w.result(run)).isInstanceOf(RunFailedException.class);
  }

  @Test
  void aWorkflowComesThroughWhateverGoesWrong() {
    TestWorld.crashEverywhere(
        world -> {
          world.register(
              ORDER,
              (ctx, in) -> {
                String paid = ctx.step(CHARGE, in);
                ctx.sleep(Duration.ofHours(1));
                return paid + ctx.step("ship", String.class, step -> "shipped");
              });
          world.step(CHARGE).returns("p-1");
          assertThat(world.result(world.start(ORDER, "o-1"))).isEqualTo("p-1shipped");
        });
  }

  @Test
  void aParentComesThroughWhateverGoesWrong() {
    TestWorld.crashEverywhere(
        world -> {
          world.register(ORDER, (ctx, in) -> ctx.call(INVOICE, in) + "!");
          world.register(INVOICE, (ctx, in) -> ctx.step("write", String.class, step -> in));
          assertThat(world.result(world.start(ORDER, "o-1"))).isEqualTo("o-1!");
        });
  }

  @Test
  void anUpdateIsAnsweredWhateverGoesWrong() {
    UpdateType<String, String> ask = UpdateType.of("ask", String.class, String.class);
    TestWorld.crashEverywhere(
        world -> {
          world.register(
              ORDER,
              (ctx, in) -> {
                ctx.onUpdate(ask, (handler, question) -> question + " " + in);
                ctx.sleep(Duration.ofDays(1));
                return in;
              });
          Run<String> run = world.start(ORDER, "you");
          assertThat(world.client().update(ask, run, "hello", o -> o.id("u-1")))
              .isEqualTo("hello you");
          assertThat(world.result(run)).isEqualTo("you");
        });
  }

  @Test
  void aWaitOfTheClientKeepsItsShortTimeLimit() {
    w.register(
        ORDER,
        (ctx, in) -> {
          ctx.sleep(Duration.ofDays(1));
          return in;
        });
    Run<String> run = w.start(ORDER, "you");
    assertThatThrownBy(() -> run.result(Duration.ofSeconds(3)))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("wait");
    assertThat(w.result(run)).isEqualTo("you");
  }

  @Test
  void aCallThatNoPortHasIsRefused() {
    assertThatThrownBy(() -> w.crashAt(Crash.BEFORE, "apend", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("append");
  }
}
