package dev.fantasticfour.world.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The acceptance cases of the kit, KIT-1 to KIT-9, as far as they are not elsewhere. */
class KitTest {

  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final StepType<String, String> CHARGE =
      StepType.of("charge", String.class, String.class);
  private static final HookType<String> APPROVAL = HookType.of("approval", String.class);

  private static final Workflow<String, String> APPROVED =
      (ctx, in) -> {
        try (Hook<String> hook = ctx.hook(APPROVAL)) {
          return hook.await(Duration.ofDays(3)).orElse("nobody");
        }
      };

  @WorldTest
  void backOffOfManyHoursIsOverAtOnce(TestWorld w) {
    StepOptions hourly =
        StepOptions.DEFAULT.retry(
            new RetryPolicy(4, Duration.ofHours(10), 1, Duration.ofHours(10), 0));
    w.register(ORDER, (ctx, in) -> ctx.step(CHARGE.with(hourly), in));
    w.step(CHARGE).fails(new IOException("1")).fails(new IOException("2")).thenReturns("p-1");
    long begun = System.nanoTime();
    assertThat(w.result(w.start(ORDER, "card"))).isEqualTo("p-1");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  @WorldTest
  void aBodyThatBlocksHoldsTimeAndIsNamed(TestWorld w) {
    CountDownLatch latch = new CountDownLatch(1);
    w.register(
        ORDER,
        (ctx, in) ->
            ctx.step(
                "blocks",
                String.class,
                step -> {
                  latch.await();
                  return "released";
                }));
    Run<String> run = w.start(ORDER, "x");
    assertThatThrownBy(() -> w.result(run))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("nothing has happened for 10 s")
        .hasMessageContaining("step blocks")
        .hasMessageContaining("CountDownLatch")
        .hasMessageContaining(run.id());
    latch.countDown();
    assertThat(w.result(run)).isEqualTo("released");
  }

  @WorldTest
  void aBodyThatIsReleasedInTimeGoesOn(TestWorld w) {
    CountDownLatch latch = new CountDownLatch(1);
    w.register(
        ORDER,
        (ctx, in) ->
            ctx.step(
                "blocks",
                String.class,
                step -> {
                  latch.await();
                  return "released";
                }));
    Run<String> run = w.start(ORDER, "x");
    CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(latch::countDown);
    assertThat(w.result(run)).isEqualTo("released");
  }

  @WorldTest
  void whatBodiesOfTwoRunsWaitForEachOtherHappens(TestWorld w) {
    CountDownLatch both = new CountDownLatch(2);
    w.register(
        ORDER,
        (ctx, in) ->
            ctx.step(
                "meets",
                String.class,
                step -> {
                  both.countDown();
                  both.await();
                  return in;
                }));
    Run<String> one = w.start(ORDER, "1");
    Run<String> two = w.start(ORDER, "2");
    assertThat(w.result(one)).isEqualTo("1");
    assertThat(w.result(two)).isEqualTo("2");
  }

  @WorldTest
  void atTheSameInstantTheAnswerMayComeFirst(TestWorld w) {
    w.register(ORDER, APPROVED);
    Run<String> run = w.start(ORDER, "x");
    w.advance(Duration.ofDays(3).minusSeconds(1));
    w.resume(run, APPROVAL, "Ann");
    w.advance(Duration.ofSeconds(1));
    assertThat(w.result(run)).isEqualTo("Ann");
  }

  @WorldTest
  void atTheSameInstantTheTimeLimitMayComeFirst(TestWorld w) {
    w.register(ORDER, APPROVED);
    Run<String> run = w.start(ORDER, "x");
    w.advance(Duration.ofDays(3));
    assertThatThrownBy(() -> w.resume(run, APPROVAL, "Ann"))
        .hasMessageContaining("has no open hook 'approval'");
    assertThat(w.result(run)).isEqualTo("nobody");
  }

  @WorldTest
  void aStepThatIsNotIdempotentIsFoundAtACall(TestWorld unused) {
    List<String> paid = new ArrayList<>();
    assertThatThrownBy(
            () ->
                TestWorld.crashEverywhere(
                    w -> {
                      paid.clear();
                      w.register(ORDER, (ctx, in) -> ctx.step(CHARGE, in));
                      w.step(CHARGE)
                          .fake(
                              (step, in) -> {
                                paid.add(step.idempotencyKey());
                                return "p-1";
                              });
                      assertThat(w.result(w.start(ORDER, "card"))).isEqualTo("p-1");
                      assertThat(paid).hasSize(1);
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("(append)");
  }

  @WorldTest
  void aHangThatNobodyWantsAnyMoreEndsWithItsTimeLimit(TestWorld w) {
    w.register(ORDER, (ctx, in) -> ctx.step(CHARGE.timeout(Duration.ofHours(1)).attempts(2), in));
    w.step(CHARGE).hangs().thenReturns("p-2");
    assertThat(w.result(w.start(ORDER, "card"))).isEqualTo("p-2");
    assertThat(w.calls(CHARGE)).hasSize(2);
  }

  @WorldTest
  void thousandsOfRunsAreMovedByADay(TestWorld w) {
    w.register(
        ORDER,
        (ctx, in) -> {
          ctx.sleep(Duration.ofHours(23));
          return in;
        });
    List<Run<String>> runs =
        IntStream.range(0, 2_000).mapToObj(i -> w.start(ORDER, String.valueOf(i))).toList();
    w.advance(Duration.ofDays(1));
    assertThat(runs).allSatisfy(run -> assertThat(run.result(Duration.ZERO)).isNotNull());
  }

  @WorldTest
  void worldsOfOneProcessDoNotDisturbEachOther(TestWorld unused) throws Exception {
    List<CompletableFuture<String>> all =
        IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(() -> alone(i))).toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("day " + i);
    }
  }

  private static String alone(int days) {
    try (TestWorld w = TestWorld.inMemory()) {
      w.register(
          ORDER,
          (ctx, in) -> {
            for (int i = 0; i < days; i++) {
              ctx.sleep(Duration.ofDays(1));
            }
            return in;
          });
      return String.valueOf(w.result(w.start(ORDER, "day " + days)));
    }
  }
}
