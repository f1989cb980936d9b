package dev.fantasticfour.world.core.engine.model;

import static dev.fantasticfour.world.api.workflow.AtOnce.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.error.CompensationFailedException;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.ScopeTimedOutException;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks around code on a whole world: time limits, many items, and what is undone. */
class BlocksTest extends Worlds {

  private static String limited(WorkflowContext ctx, Duration limit, StepCode code) {
    try (Scope scope = ctx.scope(o -> o.timeout(limit))) {
      scope.fork(b -> b.step("slow", String.class, s -> code.run()));
      scope.join();
      return "in time";
    } catch (ScopeTimedOutException e) {
      return "timed out";
    }
  }

  private interface StepCode {
    String run() throws Exception;
  }

  @Test
  void theBodyOfAStepIsInterruptedWhenTheTimeOfItsScopeIsOver() {
    AtomicBoolean interrupted = new AtomicBoolean();
    Run<String> run =
        with((ctx, in) ->
                limited(
                    ctx,
                    Duration.ofMillis(30),
                    () -> {
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.set(true);
                      }
                      return "late";
                    }))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("timed out");
    Eventually.is(interrupted::get);
    assertThat(log(run))
        .containsSubsequence("wait_created", "wait_completed", "step_cancelled", "run_completed");
  }

  @Test
  void aTimeLimitIsEndedByItsName() {
    CountDownLatch started = new CountDownLatch(1);
    Run<String> run =
        with((ctx, in) ->
                limited(
                    ctx,
                    Duration.ofDays(1),
                    () -> {
                      started.countDown();
                      new CountDownLatch(1).await();
                      return "never";
                    }))
            .start(TYPE, "in");
    Eventually.is(() -> started.getCount() == 0);

    assertThat(run.wakeUp()).as("it is no sleep").isZero();
    assertThat(run.wakeUp("scope-timeout")).isEqualTo(1);
    assertThat(run.result(SOON)).isEqualTo("timed out");
  }

  @Test
  void aThousandItemsAreDoneFiftyAtOnce() {
    List<Integer> items = IntStream.range(0, 1_000).boxed().toList();
    Run<String> run =
        with((ctx, in) ->
                String.valueOf(
                    ctx.map(
                            items,
                            atOnce(50),
                            (b, item) -> b.step("work", Integer.class, s -> item + 1))
                        .equals(IntStream.rangeClosed(1, 1_000).boxed().toList())))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("true");
  }

  @Test
  void whatCouldNotBeUndoneIsTheErrorOfTheRun() {
    Queue<String> undone = new ConcurrentLinkedQueue<>();
    Run<String> run =
        with((ctx, in) -> {
              try (Saga saga = ctx.saga()) {
                for (String name : List.of("a", "b", "c")) {
                  String unused =
                      saga.step(
                          name,
                          String.class,
                          s -> name,
                          (c, done) ->
                              c.step("undo", String.class, s -> undo(done.orElse("?"), undone)));
                }
                throw new IllegalStateException("broken");
              }
            })
            .start(TYPE, "in");

    assertThatThrownBy(() -> run.result(SOON))
        .asInstanceOf(type(RunFailedException.class))
        .satisfies(
            e -> {
              assertThat(e.failure().type()).isEqualTo(CompensationFailedException.class.getName());
              assertThat(e.failure().suppressed()).hasSize(1);
              assertThat(e.failure().cause()).isNotNull();
            });
    assertThat(run.view()).isInstanceOf(RunView.Failed.class);
    assertThat(undone).containsExactly("c", "a");
  }

  private static String undo(String what, Queue<String> undone) {
    if (what.equals("b")) {
      throw new FatalException("cannot undo b");
    }
    undone.add(what);
    return what;
  }
}
