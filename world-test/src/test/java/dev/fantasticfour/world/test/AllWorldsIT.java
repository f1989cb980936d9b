package dev.fantasticfour.world.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** KIT-6: the same tests on three worlds, with the same results. */
class AllWorldsIT {

  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final WorkflowType<String, String> INVOICE =
      WorkflowType.of("invoice", String.class, String.class);
  private static final StepType<String, String> CHARGE =
      StepType.of("charge", String.class, String.class);
  private static final HookType<String> APPROVAL = HookType.of("approval", String.class);
  private static final SignalType<String> NEWS = SignalType.of("news", String.class);
  private static final StreamType<String> TOKENS = StreamType.of("tokens", String.class);
  private static final StepOptions HOURLY =
      StepOptions.DEFAULT.retry(
          new RetryPolicy(4, Duration.ofHours(10), 1, Duration.ofHours(10), 0));

  @OnAllWorlds
  void aMonthPasses(TestWorld w) {
    w.register(
        ORDER,
        (ctx, in) -> {
          ctx.sleep(Duration.ofDays(30));
          return ctx.step("after", String.class, step -> in + " later");
        });
    Instant begun = w.now();
    assertThat(w.result(w.start(ORDER, "a month"))).isEqualTo("a month later");
    assertThat(Duration.between(begun, w.now())).isGreaterThanOrEqualTo(Duration.ofDays(30));
    w.check();
  }

  @OnAllWorlds
  void anApprovalTimesOut(TestWorld w) {
    w.register(
        ORDER,
        (ctx, in) -> {
          try (Hook<String> hook = ctx.hook(APPROVAL)) {
            return hook.await(Duration.ofDays(3)).orElse("nobody");
          }
        });
    Run<String> late = w.start(ORDER, "late");
    Run<String> early = w.start(ORDER, "early");
    w.advance(Duration.ofDays(2));
    w.resume(early, APPROVAL, "Ann");
    w.advance(Duration.ofDays(1).plusMinutes(1));
    assertThat(w.result(late)).isEqualTo("nobody");
    assertThat(w.result(early)).isEqualTo("Ann");
    w.check();
  }

  @OnAllWorlds
  void stepsAreTriedAgainHoursLater(TestWorld w) {
    w.register(ORDER, (ctx, in) -> ctx.step(CHARGE.with(HOURLY), in));
    w.step(CHARGE).fails(new IOException("1")).fails(new IOException("2")).thenReturns("p-1");
    assertThat(w.result(w.start(ORDER, "card"))).isEqualTo("p-1");
    assertThat(w.calls(CHARGE)).extracting(StepCall::attempt).containsExactly(1, 2, 3);
  }

  @OnAllWorlds
  void queuedStepsAreTriedAgainHoursLater(TestWorld w) {
    StepType<String, String> queued = CHARGE.with(HOURLY).queued();
    w.register(ORDER, (ctx, in) -> ctx.step(queued, in));
    w.step(queued).fails(new IOException("1")).thenReturns("p-1");
    assertThat(w.result(w.start(ORDER, "card"))).isEqualTo("p-1");
    assertThat(w.calls(queued)).extracting(StepCall::attempt).containsExactly(1, 2);
  }

  @OnAllWorlds
  void childrenSignalsAndStreamsAreThere(TestWorld w) {
    w.register(
        ORDER,
        (ctx, in) -> {
          String news = ctx.signals(NEWS).await();
          String invoice = ctx.call(INVOICE, news);
          return ctx.step(
              "tell",
              String.class,
              step -> {
                step.stream(TOKENS).write("one");
                step.stream(TOKENS).write("two");
                return invoice;
              });
        });
    w.child(INVOICE).fake((ctx, in) -> "invoice for " + in);
    Run<String> run = w.start(ORDER, "x");
    w.untilIdle();
    w.client().signal(NEWS, run, "paid");
    assertThat(w.result(run)).isEqualTo("invoice for paid");
    assertThat(w.stream(run, TOKENS)).containsExactly("one", "two");
  }

  @OnAllWorlds
  void othersTakeOver(TestWorld w) {
    w.register(
        ORDER,
        (ctx, in) -> {
          String first = ctx.step("first", String.class, step -> "1");
          ctx.sleep(Duration.ofDays(1));
          return first + ctx.step("second", String.class, step -> "2");
        });
    Run<String> run = w.start(ORDER, "x");
    w.untilIdle();
    w.crash();
    w.evict(run);
    assertThat(w.result(run)).isEqualTo("12");
    assertThat(w.calls("first")).hasSize(1);
  }
}
