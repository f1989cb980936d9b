package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.HookConflictException;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest extends Worlds {

  @Test
  void payloadsArriveInTheOrderTheyWereSentAndWaitUntilTheyAreRead() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                String first = hook.await();
                ctx.step("between", String.class, s -> "x");
                return first + hook.await() + hook.await() + hook.poll().isEmpty();
              }
            });
    Run<String> run = client.start(TYPE, "in");
    run.awaitHook(HOOK, SOON);

    for (String text : List.of("a", "b", "c")) {
      assertThat(client.resume(HOOK, "token", text)).isEqualTo(run.id());
    }

    assertThat(run.result(SOON)).isEqualTo("abctrue");
  }

  @Test
  void aTimeoutSwallowsNoPayload() {
    WorldClient client =
        with(
            (ctx, in) -> {
              List<String> seen = new ArrayList<>();
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                while (seen.size() < 3) {
                  Received<String> payload = hook.await(Duration.ofMillis(5));
                  payload.ifPresent(seen::add);
                }
              }
              return String.join("", seen);
            });
    Run<String> run = client.start(TYPE, "in");
    run.awaitHook(HOOK, SOON);

    client.resume(HOOK, "token", "a");
    client.resume(HOOK, "token", "b");
    client.resume(HOOK, "token", "c");

    assertThat(run.result(SOON)).isEqualTo("abc");
  }

  @Test
  void aTokenThatIsTakenIsRefusedWhereTheHookIsCreated() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                return hook.await();
              } catch (HookConflictException e) {
                return "conflict with " + e.conflictingRun();
              }
            });
    Run<String> owner = client.start(TYPE, "first");
    owner.awaitHook(HOOK, SOON);

    assertThat(client.start(TYPE, "second").result(SOON)).isEqualTo("conflict with " + owner.id());
    client.resume(HOOK, "token", "done");
    assertThat(owner.result(SOON)).isEqualTo("done");
  }

  @Test
  void nobodyListensUnderATokenAfterTheRunEnded() {
    WorldClient client = with((ctx, in) -> ctx.hook(HOOK, "token").token());
    assertThat(client.start(TYPE, "in").result(SOON)).isEqualTo("token");

    assertThatThrownBy(() -> client.resume(HOOK, "token", "late"))
        .isInstanceOf(HookNotFoundException.class);
  }

  @Test
  void aSleepCanBeEndedFromOutside() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.sleep(Duration.ofDays(1));
              return "woken";
            });
    Run<String> run = client.start(TYPE, "in");
    Eventually.is(() -> run.view() instanceof RunView.Waiting);

    assertThat(run.wakeUp()).isEqualTo(1);

    assertThat(run.result(SOON)).isEqualTo("woken");
  }

  @Test
  void wakingARunUpEndsNoTimeLimitOfAHook() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                ctx.sleep(Duration.ofDays(1));
                return hook.await(Duration.ofDays(1)).orElse("nobody answered");
              }
            });
    Run<String> run = client.start(TYPE, "in");
    Eventually.is(() -> run.view() instanceof RunView.Waiting);
    assertThat(run.wakeUp()).isEqualTo(1);
    Eventually.is(() -> log(run).stream().filter("wait_created"::equals).count() == 2);

    assertThat(run.wakeUp()).isZero();
    client.resume(HOOK, "token", "an answer");

    assertThat(run.result(SOON)).isEqualTo("an answer");
  }

  @Test
  void theTimeLimitOfAHookCanBeEndedByItsName() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                return hook.await(Duration.ofDays(1)).orElse("nobody answered");
              }
            });
    Run<String> run = client.start(TYPE, "in");
    Eventually.is(() -> log(run).contains("wait_created"));

    assertThat(run.wakeUp(HOOK.name())).isEqualTo(1);

    assertThat(run.result(SOON)).isEqualTo("nobody answered");
  }

  @Test
  void aCancelledRunCleansUpWithStepsAndEndsCancelled() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try {
                ctx.sleep(Duration.ofDays(1));
              } finally {
                ctx.step("clean up", String.class, s -> "clean");
              }
              return "never";
            });
    Run<String> run = client.start(TYPE, "in");
    Eventually.is(() -> run.view() instanceof RunView.Waiting);

    assertThat(run.cancel("changed my mind")).isEqualTo(Cancellation.REQUESTED);

    assertThatThrownBy(() -> run.result(SOON))
        .isInstanceOf(RunCancelledException.class)
        .hasMessageContaining("changed my mind");
    assertThat(log(run))
        .endsWith("cancel_requested", "wait_cancelled", "step_completed", "run_cancelled");
    assertThat(run.cancel("again")).isEqualTo(Cancellation.ENDED);
  }

  @Test
  void aWorkflowMayReturnInSpiteOfACancelRequest() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try {
                ctx.sleep(Duration.ofDays(1));
                return "never";
              } catch (CancelledException e) {
                return "stayed: " + e.reason();
              }
            });
    Run<String> run = client.start(TYPE, "in");
    Eventually.is(() -> run.view() instanceof RunView.Waiting);

    assertThat(run.cancel("please")).isEqualTo(Cancellation.REQUESTED);

    assertThat(run.result(SOON)).isEqualTo("stayed: please");
  }

  @Test
  void aSecondRequestToCancelSaysThatTheFirstWasTold() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try {
                ctx.sleep(Duration.ofDays(1));
              } catch (CancelledException e) {
                ctx.sleep(Duration.ofDays(1));
              }
              return "stayed";
            });
    Run<String> run = client.start(TYPE, "in");
    Eventually.is(() -> run.view() instanceof RunView.Waiting);
    assertThat(run.cancel("please")).isEqualTo(Cancellation.REQUESTED);
    Eventually.is(() -> log(run).stream().filter("wait_created"::equals).count() == 2);

    assertThat(run.cancel("please!")).isEqualTo(Cancellation.REPEATED);

    assertThat(log(run)).endsWith("wait_created");
    assertThat(run.terminate("enough")).isTrue();
  }

  @Test
  void aRunThatNobodyHasBegunIsCancelled() {
    WorldClient client = with((ctx, in) -> in);
    Run<String> run =
        client.start(WorkflowType.of("known to nobody", String.class, String.class), "in");

    // Whether a worker has heard of it and given it back in between makes no difference.
    assertThat(run.cancel("changed my mind").takesEffect()).isTrue();

    assertThatThrownBy(() -> run.result(SOON))
        .isInstanceOf(RunCancelledException.class)
        .hasMessageContaining("changed my mind");
    assertThat(log(run)).containsExactly("run_created", "cancel_requested", "run_cancelled");
  }

  @Test
  void terminationAsksNobody() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try {
                ctx.sleep(Duration.ofDays(1));
              } finally {
                ctx.step("clean up", String.class, s -> "clean");
              }
              return "never";
            });
    Run<String> run = client.start(TYPE, "in");
    Eventually.is(() -> run.view() instanceof RunView.Waiting);

    assertThat(run.terminate("enough")).isTrue();

    assertThatThrownBy(() -> run.result(SOON)).isInstanceOf(RunCancelledException.class);
    assertThat(log(run)).endsWith("wait_created", "run_terminated");
  }

  @Test
  void aLongHistoryIsWarnedAboutInTheView() {
    WorldClient client =
        with(
            WorldConfig.inMemory().withHistoryWarning(5),
            (ctx, in) -> {
              for (int i = 0; i < 6; i++) {
                ctx.step("step", String.class, s -> "x");
              }
              return "long";
            },
            w -> {});
    Run<String> run = client.start(TYPE, "in");
    run.result(SOON);

    assertThat(run.view().historyTooLong()).isTrue();
  }
}
