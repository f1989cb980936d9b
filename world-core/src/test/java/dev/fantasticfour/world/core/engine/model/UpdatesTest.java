package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.UpdateFailedException;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UpdatesTest extends Worlds {

  private static final UpdateType<Integer, Integer> ADD =
      UpdateType.of("add", Integer.class, Integer.class);
  private static final UpdateType<String, String> WAIT =
      UpdateType.of("wait", String.class, String.class);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Counts up by what is asked, until it is told to end. */
  private static String count(WorkflowContext ctx, String input) {
    AtomicInteger total = new AtomicInteger();
    ctx.onUpdate(ADD, UpdatesTest::requirePositive, (c, n) -> total.addAndGet(n));
    return end(ctx) + total.get();
  }

  private static void requirePositive(Integer n) {
    if (n <= 0) {
      throw new IllegalArgumentException("n must be positive, is " + n);
    }
  }

  private static String end(WorkflowContext ctx) {
    try (Hook<String> hook = ctx.hook(HOOK, "end")) {
      return hook.await();
    }
  }

  private Run<String> started(WorldClient client) {
    Run<String> run = client.start(TYPE, "in");
    run.awaitHook(HOOK, SOON);
    return run;
  }

  @Test
  @DisplayName("UPD-1: a valid update gets its result; log: requested, accepted, completed")
  void aValidUpdateGetsItsResult() {
    WorldClient client = with(UpdatesTest::count);
    Run<String> run = started(client);

    assertThat(client.update(ADD, run, 3)).isEqualTo(3);
    assertThat(client.update(ADD, run, 4)).isEqualTo(7);

    assertThat(log(run))
        .containsExactly(
            "run_created",
            "run_started",
            "hook_created",
            "update_requested",
            "update_accepted",
            "update_completed",
            "update_requested",
            "update_accepted",
            "update_completed");
    client.resume(HOOK, "end", "total ");
    assertThat(run.result(SOON)).isEqualTo("total 7");
  }

  @Test
  @DisplayName("UPD-2: an invalid one is rejected with its message, and the run is untouched")
  void anInvalidUpdateIsRejected() {
    WorldClient client = with(UpdatesTest::count);
    Run<String> run = started(client);

    assertThatThrownBy(() -> client.update(ADD, run, -1))
        .asInstanceOf(type(UpdateRejectedException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UPDATE_REJECTED);
              assertThat(e.failure().message()).isEqualTo("n must be positive, is -1");
            });
    client.resume(HOOK, "end", "total ");
    assertThat(run.result(SOON)).isEqualTo("total 0");
  }

  @Test
  @DisplayName("UPD-3: asked before onUpdate, answered after it")
  void anUpdateWaitsForTheCodeThatTakesIt() {
    WorldClient client =
        with(
            (ctx, in) -> {
              try (Hook<String> hook = ctx.hook(HOOK, "go")) {
                hook.await();
              }
              return count(ctx, in);
            });
    Run<String> run = started(client);

    UpdateHandle<Integer> first = client.startUpdate(ADD, run, 1);
    UpdateHandle<Integer> second = client.startUpdate(ADD, run, 2);
    assertThatThrownBy(() -> first.result(Duration.ofMillis(1)))
        .asInstanceOf(type(WorldException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT))
        .satisfies(e -> assertThat(e.getMessage()).contains(first.id(), "asking again"));
    client.resume(HOOK, "go", "");

    assertThat(first.result(SOON)).isEqualTo(1);
    assertThat(second.result(SOON)).isEqualTo(3);
  }

  @Test
  @DisplayName("UPD-5: a run that returns while a handler sleeps ends after the answer")
  void theEndWaitsForHandlers() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.onUpdate(
                  WAIT,
                  (c, q) -> {
                    c.sleep(Duration.ofMillis(30));
                    return q + c.step("work", String.class, s -> "ed");
                  });
              return end(ctx);
            });
    Run<String> run = started(client);

    UpdateHandle<String> update = client.startUpdate(WAIT, run, "wait");
    client.resume(HOOK, "end", "returned");

    assertThat(run.result(SOON)).isEqualTo("returned");
    assertThat(update.result(Duration.ZERO)).isEqualTo("waited");
    assertThat(log(run)).endsWith("update_completed", "run_completed");
  }

  @Test
  @DisplayName(
      "UPD-6: a run that fails while a handler sleeps fails its update, and does not let it"
          + " wait")
  void aRunThatFailsFailsItsUpdates() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.onUpdate(WAIT, UpdatesTest::sleepLong);
              throw new IllegalStateException(end(ctx));
            });
    Run<String> run = started(client);

    UpdateHandle<String> update = client.startUpdate(WAIT, run, "q");
    client.resume(HOOK, "end", "no more");

    assertThatThrownBy(() -> update.result(SOON))
        .asInstanceOf(type(UpdateFailedException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UPDATE_FAILED);
              assertThat(e.reason()).isEqualTo("RUN_ENDED");
            });
    assertThatThrownBy(() -> run.result(SOON)).isInstanceOf(RunFailedException.class);
  }

  private static String sleepLong(WorkflowContext c, String q) {
    c.sleep(HOUR);
    return q;
  }

  @Test
  void aCancellationIsThrownInHandlersToo() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.onUpdate(WAIT, UpdatesTest::sleepLong);
              return end(ctx);
            });
    Run<String> run = started(client);

    UpdateHandle<String> update = client.startUpdate(WAIT, run, "q");
    run.cancel("not wanted");

    assertThatThrownBy(() -> update.result(SOON))
        .asInstanceOf(type(UpdateFailedException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("RUN_CANCELLED"));
    assertThatThrownBy(() -> run.result(SOON)).hasMessageContaining("not wanted");
  }

  @Test
  @DisplayName(
      "UPD-7: a termination with one update running and one unseen answers both in its unit")
  void aTerminationAnswersAllUpdates() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.onUpdate(WAIT, UpdatesTest::sleepLong);
              return end(ctx);
            });
    Run<String> run = started(client);
    UpdateHandle<String> running = client.startUpdate(WAIT, run, "q");
    UpdateHandle<Integer> untaken = client.startUpdate(ADD, run, 1);
    Eventually.is(() -> log(run).contains("wait_created"));

    assertThat(run.terminate("enough")).isTrue();

    assertThatThrownBy(() -> running.result(SOON))
        .asInstanceOf(type(UpdateFailedException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("RUN_ENDED"));
    assertThatThrownBy(() -> untaken.result(SOON))
        .asInstanceOf(type(UpdateRejectedException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("RUN_ENDED"));
    assertThat(log(run)).endsWith("update_failed", "update_rejected", "run_terminated");
  }

  @Test
  @DisplayName("UPD-8: the same id gets the same answer, also after the end")
  void theSameIdGetsTheSameAnswer() {
    WorldClient client = with(UpdatesTest::count);
    Run<String> run = started(client);

    assertThat(client.update(ADD, run, 3, o -> o.id("req-7"))).isEqualTo(3);
    assertThat(client.update(ADD, run, 3, o -> o.id("req-7"))).isEqualTo(3);
    assertThat(client.update(ADD, run, 4)).isEqualTo(7);
    client.resume(HOOK, "end", "total ");
    assertThat(run.result(SOON)).isEqualTo("total 7");

    assertThat(client.update(ADD, run, 3, o -> o.id("req-7"))).isEqualTo(3);
    assertThatThrownBy(() -> client.update(ADD, run, 3, o -> o.id("req-8")))
        .asInstanceOf(type(WorldException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_ENDED));
    assertThatThrownBy(() -> client.update(WAIT, run, "q", o -> o.id("req-7")))
        .asInstanceOf(type(WorldException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .satisfies(e -> assertThat(e.getMessage()).contains("'req-7'", "'add'"));
  }

  @Test
  void tenThatAskUnderOneIdAskOnce() throws Exception {
    WorldClient client = with(UpdatesTest::count);
    Run<String> run = started(client);
    List<Callable<Integer>> asks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      asks.add(() -> client.update(ADD, run, 5, o -> o.id("once")));
    }

    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : all.invokeAll(asks)) {
        assertThat(answer.get()).isEqualTo(5);
      }
    }
    assertThat(log(run)).containsOnlyOnce("update_requested");
  }

  @Test
  void whatAHandlerThrowsIsToldToWhoeverAskedAndTheRunGoesOn() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.onUpdate(
                  WAIT,
                  (c, q) -> {
                    throw new java.io.IOException("no " + q);
                  });
              return end(ctx);
            });
    Run<String> run = started(client);

    assertThatThrownBy(() -> client.update(WAIT, run, "way"))
        .asInstanceOf(type(UpdateFailedException.class))
        .satisfies(
            e -> {
              assertThat(e.failure().type()).isEqualTo("java.io.IOException");
              assertThat(e.failure().message()).isEqualTo("no way");
              assertThat(e.reason()).isEqualTo("USER_ERROR");
            });
    client.resume(HOOK, "end", "went on");
    assertThat(run.result(SOON)).isEqualTo("went on");
  }

  @Test
  void aRequestThatDoesNotFitIsNoFaultOfTheCode() {
    WorldClient client = with(UpdatesTest::count);
    Run<String> run = started(client);
    UpdateType<String, String> other = UpdateType.of("add", String.class, String.class);

    assertThatThrownBy(() -> client.update(other, run, "many"))
        .asInstanceOf(type(UpdateRejectedException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("SERIALIZATION"));
    assertThat(client.update(ADD, run, 1)).isEqualTo(1);
  }

  @Test
  void handlersInterleaveAtTheirContextCalls() {
    WorldClient client =
        with(
            (ctx, in) -> {
              List<String> order = new ArrayList<>();
              ctx.onUpdate(
                  WAIT,
                  (c, q) -> {
                    order.add(q + " begins");
                    c.step("work", String.class, s -> q);
                    order.add(q + " ends");
                    return String.join(", ", order);
                  });
              return end(ctx);
            });
    Run<String> run = started(client);

    assertThat(client.update(WAIT, run, "a")).isEqualTo("a begins, a ends");
    assertThat(client.update(WAIT, run, "b")).isEqualTo("a begins, a ends, b begins, b ends");
  }

  @Test
  void updatesOfANameAreAnsweredByOneHandler() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.onUpdate(ADD, (c, n) -> n);
              try {
                ctx.onUpdate(ADD, (c, n) -> n + 1);
                return "twice";
              } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage());
              }
            });

    assertThat(client.start(TYPE, "in").result(SOON)).contains("'add'", "once");
  }

  @Test
  void whoAsksARunThatThereIsNotIsToldSo() {
    WorldClient client = with(UpdatesTest::count);

    assertThatThrownBy(() -> client.update(ADD, client.run("wrun_nowhere"), 1))
        .asInstanceOf(type(WorldException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND));
    assertThatThrownBy(() -> client.update(ADD, client.run("wrun_nowhere"), 1, o -> o.id("")))
        .asInstanceOf(type(WorldException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void aRunThatNobodyHasBegunAnswersWhenItIsCancelled() {
    WorldClient client = with(UpdatesTest::count);
    Run<?> run = client.startJson("nobody takes it", "1", o -> o);

    UpdateHandle<Integer> update = client.startUpdate(ADD, run, 1);
    run.cancel("never mind");

    assertThatThrownBy(() -> update.result(SOON)).isInstanceOf(UpdateRejectedException.class);
  }

  @Test
  @DisplayName(
      "UPD-9: updateOrStart starts one run for a key and asks it, and another after its end")
  void anUpdateStartsTheRunThatItIsFor() {
    WorldClient client = with(UpdatesTest::count);

    UpdateHandle<Integer> first = client.updateOrStart(TYPE, "cart", "in", ADD, 1);
    UpdateHandle<Integer> second =
        client.updateOrStart(TYPE, "cart", "other", ADD, 2, o -> o.id("second"));
    assertThat(first.result(SOON)).isEqualTo(1);
    assertThat(second.result(SOON)).isEqualTo(3);
    assertThat(second.runId()).isEqualTo(first.runId());
    Run<String> run = client.run(TYPE, first.runId());
    assertThat(client.update(ADD, run, 2, o -> o.id("by run"))).isEqualTo(5);
    assertThat(client.updateOrStart(TYPE, "cart", "in", ADD, 2, o -> o.id("by run")).result(SOON))
        .isEqualTo(5);

    run.awaitHook(HOOK, SOON);
    client.resume(HOOK, "end", "total ");
    assertThat(run.result(SOON)).isEqualTo("total 5");
    UpdateHandle<Integer> again =
        client.updateOrStart(TYPE, "cart", "in", ADD, 2, o -> o.id("second"));
    assertThat(again.runId()).isEqualTo(first.runId());
    assertThat(again.result(SOON)).isEqualTo(3);
    UpdateHandle<Integer> fresh = client.updateOrStart(TYPE, "cart", "in", ADD, 9);
    assertThat(fresh.runId()).isNotEqualTo(first.runId());
    assertThat(fresh.result(SOON)).isEqualTo(9);
  }

  @Test
  void updatesAreListedWithWhatBecameOfThem() {
    WorldClient client = with(UpdatesTest::count);
    Run<String> run = started(client);
    client.update(ADD, run, 3, o -> o.id("one"));
    client.startUpdate(WAIT, run, "q", o -> o.id("two"));

    assertThat(
            client.updates(run.id(), dev.fantasticfour.world.api.PageRequest.oldestFirst()).items())
        .extracting(u -> u.id() + " " + u.name() + " " + u.status().word())
        .containsExactly("one add completed", "two wait requested");
  }
}
