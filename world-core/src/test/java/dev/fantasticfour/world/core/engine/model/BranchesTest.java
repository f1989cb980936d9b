package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BranchesTest extends Worlds {

  @Test
  void allResultsComeInTheOrderOfTheBranches() {
    Run<String> run =
        with((ctx, in) -> {
              List<BranchBody<String>> bodies = new ArrayList<>();
              for (int i = 0; i < 50; i++) {
                int number = i;
                bodies.add(b -> b.step("work", String.class, s -> number + ","));
              }
              return String.join("", ctx.all(bodies));
            })
            .start(TYPE, "in");

    assertThat(run.result(SOON)).startsWith("0,1,2,3,").endsWith("48,49,");
  }

  @Test
  void theFirstResultWinsAndTheLosersBodyIsInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch slowStarted = new CountDownLatch(1);
    Run<String> run =
        with((ctx, in) ->
                ctx.any(
                    List.<BranchBody<String>>of(
                        b ->
                            b.step(
                                "slow",
                                String.class,
                                s -> {
                                  try {
                                    slowStarted.countDown();
                                    never.await();
                                  } catch (InterruptedException e) {
                                    interrupted.set(true);
                                  }
                                  return "slow";
                                }),
                        b ->
                            b.step(
                                "fast",
                                String.class,
                                s -> {
                                  slowStarted.await();
                                  return "fast";
                                }))))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("fast");
    assertThat(log(run))
        .containsExactly(
            "run_created", "run_started", "step_completed", "step_cancelled", "run_completed");
    Eventually.is(interrupted::get);
  }

  @Test
  void aFailureCancelsTheSiblingsAndIsThrownWhereTheyAreJoined() {
    Run<String> run =
        with((ctx, in) -> {
              try (Scope scope = ctx.scope()) {
                scope.fork(
                    b -> {
                      b.sleep(Duration.ofDays(1));
                      return "never";
                    });
                scope.fork(
                    b -> {
                      b.step("first", String.class, s -> "x");
                      throw new IllegalStateException("broken");
                    });
                scope.join();
                return "never";
              } catch (IllegalStateException e) {
                return e.getMessage();
              }
            })
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("broken");
    assertThat(log(run)).contains("wait_cancelled");
  }

  @Test
  void closingAScopeCancelsWhatStillRuns() {
    Run<String> run =
        with((ctx, in) -> {
              Branch<String> left;
              try (Scope scope = ctx.scope()) {
                left =
                    scope.fork(
                        b -> {
                          b.sleep(Duration.ofDays(1));
                          return "never";
                        });
                ctx.step("meanwhile", String.class, s -> "x");
              }
              return "ended: " + left.isDone();
            })
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("ended: true");
  }

  @Test
  void cancellingARunReachesItsBranches() {
    Run<String> run =
        with((ctx, in) ->
                String.join(
                    "",
                    ctx.all(
                        List.<BranchBody<String>>of(
                            b -> {
                              b.sleep(Duration.ofDays(1));
                              return "a";
                            },
                            b -> {
                              b.sleep(Duration.ofDays(2));
                              return "b";
                            }))))
            .start(TYPE, "in");
    Eventually.is(() -> run.view() instanceof RunView.Waiting);

    run.cancel("stop");

    assertThatThrownBy(() -> run.result(SOON)).isInstanceOf(RunCancelledException.class);
    assertThat(log(run)).endsWith("wait_cancelled", "wait_cancelled", "run_cancelled");
  }

  @Test
  void theContextOfTheCodeAroundABranchIsRefusedInsideIt() {
    Run<String> run =
        with((ctx, in) ->
                ctx.all(
                        List.<BranchBody<String>>of(
                            b -> {
                              try {
                                return ctx.step("wrong", String.class, s -> "x");
                              } catch (IllegalStateException e) {
                                return e.getMessage();
                              }
                            }))
                    .get(0))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).contains("inside a branch the context it is given");
  }

  @Test
  void timeRandomnessAndIdsComeFromTheContext() {
    Run<String> run =
        with((ctx, in) -> {
              boolean still = ctx.now().equals(ctx.now());
              boolean differs = !ctx.uuid().equals(ctx.uuid());
              return still + " " + differs + " " + (ctx.random().nextInt(10) < 10);
            })
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("true true true");
  }
}
