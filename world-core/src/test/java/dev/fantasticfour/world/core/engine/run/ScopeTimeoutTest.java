package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.ScopeTimedOutException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scopes that have a time limit. */
class ScopeTimeoutTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(name, String.class, s -> "unused");
  }

  private static Scope limited(WorkflowContext ctx) {
    return ctx.scope(o -> o.timeout(MINUTE));
  }

  private static String output(Rig rig) {
    Payload output = rig.view().output();
    return output == null ? "none, it is " + rig.view().status() : output.text();
  }

  @Test
  void aScopeThatIsJoinedInTimeEndsItsLimitWithTheNextBatch() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                Branch<String> branch = scope.fork(b -> step(b, "work"));
                scope.join();
                return branch.join() + step(ctx, "after");
              }
            })) {
      rig.finish("work", "in time");
      assertThat(rig.words()).endsWith("step_completed", "wait_cancelled");
      assertThat(rig.host().alarm()).isNull();
      rig.finish("after", ", and more");

      assertThat(output(rig)).isEqualTo("\"in time, and more\"");
    }
  }

  @Test
  void whoeverJoinsABranchThatWasCutOffIsToldOfTheLimitWhenAllHaveEnded() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                Branch<String> slow = scope.fork(b -> step(b, "slow"));
                Branch<String> cleans =
                    scope.fork(
                        b -> {
                          try {
                            return step(b, "other");
                          } finally {
                            step(b, "clean up");
                          }
                        });
                try {
                  return slow.join();
                } catch (ScopeTimedOutException e) {
                  return e.timeout() + " " + cleans.isDone();
                }
              }
            })) {
      rig.ring();
      assertThat(rig.view().status()).isEqualTo(RunStatus.RUNNING);
      rig.finish("clean up", "x");

      assertThat(output(rig)).isEqualTo("\"PT1M true\"");
    }
  }

  @Test
  void aBranchThatHadItsResultKeepsIt() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                Branch<String> fast = scope.fork(b -> step(b, "fast"));
                Branch<String> slow = scope.fork(b -> step(b, "slow"));
                try {
                  scope.join();
                  return slow.join();
                } catch (ScopeTimedOutException e) {
                  return fast.join();
                }
              }
            })) {
      rig.finish("fast", "this is here");
      rig.ring();

      assertThat(output(rig)).isEqualTo("\"this is here\"");
    }
  }

  @Test
  void whatABranchThrowsInsteadIsSuppressed() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                scope.fork(
                    b -> {
                      try {
                        return step(b, "slow");
                      } catch (CancelledException e) {
                        throw new IllegalStateException("broken by " + e.reason(), e);
                      }
                    });
                scope.join();
                return "in time";
              } catch (ScopeTimedOutException e) {
                return e.getSuppressed()[0].getMessage();
              }
            })) {
      rig.ring();

      assertThat(output(rig)).isEqualTo("\"broken by the time limit of the scope has passed\"");
    }
  }

  @Test
  void aFailureBeforeTheLimitIsTheFailureAndEndsIt() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                scope.fork(
                    b -> {
                      step(b, "first");
                      throw new IllegalStateException("broken");
                    });
                scope.fork(
                    b -> {
                      try {
                        return step(b, "other");
                      } finally {
                        step(b, "clean up");
                      }
                    });
                scope.join();
                return "never";
              } catch (IllegalStateException e) {
                return e.getMessage();
              }
            })) {
      rig.finish("first", "x");
      assertThat(rig.words()).contains("wait_cancelled");
      rig.finish("clean up", "x");

      assertThat(output(rig)).isEqualTo("\"broken\"");
    }
  }

  @Test
  void aCancelledOwnerIsToldOfThatAndNotOfTheLimit() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                scope.fork(b -> step(b, "slow"));
                scope.join();
                return "never";
              }
            })) {
      rig.cancel("stop");

      assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(rig.words())
          .endsWith("cancel_requested", "wait_cancelled", "step_cancelled", "run_cancelled");
    }
  }

  @Test
  void aScopeThatNobodyJoinsDropsItsBranchesAndItsLimit() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                scope.fork(b -> step(b, "slow"));
                step(ctx, "own");
              }
              return "closed";
            })) {
      rig.finish("own", "x");

      assertThat(output(rig)).isEqualTo("\"closed\"");
      assertThat(rig.words()).contains("wait_cancelled", "step_cancelled");
    }
  }

  @Test
  void whatTheOwnerItselfWaitsForIsNotCutShortAndWhatItForksLateDoesNotBegin() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                String own = step(ctx, "own");
                scope.fork(b -> step(b, "late"));
                try {
                  scope.join();
                  return "in time";
                } catch (ScopeTimedOutException e) {
                  return own;
                }
              }
            })) {
      rig.ring();
      rig.finish("own", "not cut short");

      assertThat(output(rig)).isEqualTo("\"not cut short\"");
      assertThat(rig.words()).doesNotContain("step_cancelled");
    }
  }

  @Test
  void aLimitThatPassesWhenAllHaveEndedCutsNothingOff() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                Branch<String> branch = scope.fork(b -> step(b, "work"));
                step(ctx, "own");
                scope.join();
                return branch.join();
              }
            })) {
      rig.finish("work", "in time");
      rig.ring();
      rig.finish("own", "x");

      assertThat(output(rig)).isEqualTo("\"in time\"");
    }
  }

  @Test
  void aFaultOfTheProgramIsNoTimeout() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = limited(ctx)) {
                scope.fork(
                    b -> {
                      try {
                        return step(b, "slow");
                      } finally {
                        step(ctx, "with the context of the code around");
                      }
                    });
                scope.join();
                return "never";
              } catch (ContextMisuseException e) {
                return "a fault";
              }
            })) {
      rig.ring();

      assertThat(output(rig)).isEqualTo("\"a fault\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "P365000000000D"})
  void aLimitThatCannotBeIsRefusedBeforeAnythingIsAskedFor(String limit) {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = ctx.scope(o -> o.timeout(Duration.parse(limit)))) {
                scope.join();
                return "taken";
              } catch (WorldException e) {
                return e.code() == ErrorCode.INVALID_ARGUMENT ? "refused" : e.getMessage();
              }
            })) {
      assertThat(output(rig)).isEqualTo("\"refused\"");
      assertThat(rig.words()).containsExactly("run_created", "run_started", "run_completed");
    }
  }

  @Test
  void scopesInScopesHaveLimitsOfTheirOwn() {
    Workflow<String, String> code =
        (ctx, in) -> {
          try (Scope outer = ctx.scope(o -> o.timeout(HOUR))) {
            Branch<String> branch =
                outer.fork(
                    b -> {
                      try (Scope inner = limited(b)) {
                        inner.fork(c -> step(c, "slow"));
                        inner.join();
                        return "in time";
                      } catch (ScopeTimedOutException e) {
                        b.sleep(Duration.ofDays(1));
                        return "never";
                      }
                    });
            outer.join();
            return branch.join();
          } catch (ScopeTimedOutException e) {
            return e.timeout().toString();
          }
        };
    try (Rig rig = new Rig(code)) {
      rig.ring();
      rig.reload(code);
      rig.ring();

      assertThat(output(rig)).isEqualTo("\"PT1H\"");
    }
  }

  @Test
  void codeThatGainsALimitOnItsWayStandsAndSaysSo() {
    Workflow<String, String> before =
        (ctx, in) -> {
          try (Scope scope = ctx.scope()) {
            scope.fork(b -> step(b, "work"));
            scope.join();
          }
          return step(ctx, "after");
        };
    Workflow<String, String> after =
        (ctx, in) -> {
          try (Scope scope = limited(ctx)) {
            scope.fork(b -> step(b, "work"));
            scope.join();
          }
          return step(ctx, "after");
        };
    for (List<Workflow<String, String>> edit :
        List.of(List.of(before, after), List.of(after, before))) {
      try (Rig rig = new Rig(edit.getFirst())) {
        rig.finish("work", "x");
        rig.host().runsLong(rig.body("after"));
        rig.settle();
        rig.reload(edit.getLast());

        assertThat(rig.view().stalledReason())
            .contains("scope-timeout", "the time limit of a scope", "given or taken away");
      }
    }
  }
}
