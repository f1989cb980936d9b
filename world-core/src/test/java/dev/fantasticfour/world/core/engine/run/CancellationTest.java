package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ScopeTimedOutException;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.BranchFailedException;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cancellation reaches, what it does not, and when what it did not reach hears of it. */
class CancellationTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(name, String.class, s -> "unused");
  }

  private static String output(Rig rig) {
    Payload output = rig.view().output();
    return output == null ? "none, it is " + rig.view().status() : output.text();
  }

  /** Code, and one thing after another that happens to it. */
  private record Scenario(String name, Workflow<String, String> code, List<Consumer<Rig>> moves) {

    Rig play() {
      Rig rig = new Rig(code);
      moves.forEach(move -> move.accept(rig));
      return rig;
    }

    /** The same, by a process that is lost after that many moves, and another one. */
    Rig playLosing(int after) {
      Rig rig = new Rig(code);
      for (int i = 0; i <= moves.size(); i++) {
        if (i == after) {
          rig.reload(code);
        }
        if (i < moves.size()) {
          moves.get(i).accept(rig);
        }
      }
      return rig;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Behind the shield when the run is asked to cancel. */
  private static final Scenario SHIELDED =
      new Scenario(
          "CXL-1",
          (ctx, in) -> {
            String refund =
                ctx.nonCancellable(
                    c -> {
                      String first = step(c, "refund");
                      c.sleep(HOUR);
                      return first + step(c, "tell");
                    });
            try {
              ctx.sleep(HOUR);
              return "nobody was cancelled";
            } catch (CancelledException e) {
              return refund + " then " + e.reason();
            }
          },
          List.of(
              rig -> rig.cancel("stop"),
              rig -> rig.finish("refund", "refunded"),
              Rig::ring,
              rig -> rig.finish("tell", " and told")));

  private static final Scenario TWICE =
      new Scenario(
          "CXL-2",
          (ctx, in) -> {
            try {
              ctx.sleep(HOUR);
              return "nobody was cancelled";
            } catch (CancelledException e) {
              return e.reason() + " " + step(ctx, "clean up");
            }
          },
          List.of(
              rig -> rig.cancel("first"),
              rig -> rig.cancel("second"),
              rig -> rig.finish("clean up", "cleaned")));

  private static final Scenario TIMED_OUT =
      new Scenario(
          "CXL-3",
          (ctx, in) -> {
            try (Scope scope = ctx.scope(o -> o.timeout(MINUTE))) {
              scope.fork(b -> step(b, "slow"));
              scope.join();
              return "in time";
            } catch (ScopeTimedOutException e) {
              return "over after " + e.timeout() + step(ctx, "instead");
            }
          },
          List.of(Rig::ring, rig -> rig.finish("instead", " and done instead")));

  private static final Scenario LOSER =
      new Scenario(
          "CXL-4",
          (ctx, in) ->
              ctx.<String>any(
                  List.of(
                      b -> step(b, "fast"),
                      b -> {
                        b.nonCancellable(c -> step(c, "careful") + step(c, "more"));
                        b.sleep(HOUR);
                        return "never";
                      })),
          List.of(
              rig -> rig.finish("fast", "fast"),
              rig -> rig.finish("careful", "x"),
              rig -> rig.finish("more", "y")));

  static Stream<Scenario> scenarios() {
    return Stream.of(SHIELDED, TWICE, TIMED_OUT, LOSER);
  }

  @Test
  @DisplayName("CXL-1 Cancel behind the shield: its code completes, then the next wait throws")
  void whatIsBehindTheShieldCompletesAndTheNextWaitThrows() {
    try (Rig rig = SHIELDED.play()) {
      assertThat(output(rig)).isEqualTo("\"refunded and told then stop\"");
      assertThat(rig.words())
          .containsExactly(
              "run_created",
              "run_started",
              "cancel_requested",
              "step_completed",
              "wait_created",
              "wait_completed",
              "step_completed",
              "run_completed");
    }
  }

  @Test
  void aBodyBehindTheShieldIsNotInterrupted() {
    try (Rig rig = new Rig(SHIELDED.code())) {
      rig.cancel("stop");

      assertThat(rig.host().bodies()).hasSize(1);
    }
  }

  @Test
  @DisplayName("CXL-2 Two cancel requests: one exception, and the second request is in the log")
  void twoRequestsAreOneExceptionAndBothAreInTheLog() {
    try (Rig rig = TWICE.play()) {
      assertThat(output(rig)).isEqualTo("\"first cleaned\"");
      assertThat(rig.words()).filteredOn("cancel_requested"::equals).hasSize(2);
    }
  }

  @Test
  @DisplayName("CXL-3 Scope timeout with a running body: interrupted, late value discarded")
  void aBodyThatOutlastsItsScopeIsInterruptedAndItsValueDiscarded() {
    try (Rig rig = new Rig(TIMED_OUT.code())) {
      ScriptedHost.Body slow = rig.body("slow");
      rig.ring();
      assertThat(rig.host().bodies()).extracting(ScriptedHost.Body::name).containsOnly("instead");
      rig.host().finish(slow, new StepResult.Returned(Payload.json("\"late\"")));
      rig.settle();
      rig.finish("instead", " and done instead");

      assertThat(output(rig)).isEqualTo("\"over after PT1M and done instead\"");
      assertThat(rig.words())
          .containsExactly(
              "run_created",
              "run_started",
              "wait_created",
              "wait_completed",
              "step_cancelled",
              "step_completed",
              "run_completed");
    }
  }

  @Test
  @DisplayName("CXL-4 A shield inside a cancelled loser of any: finishes")
  void aLoserBehindTheShieldFinishes() {
    try (Rig rig = LOSER.play()) {
      assertThat(output(rig)).isEqualTo("\"fast\"");
      assertThat(rig.words())
          .containsExactly(
              "run_created",
              "run_started",
              "step_completed",
              "step_completed",
              "step_completed",
              "run_completed");
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  @DisplayName("CXL-6 Replay at every position gives the same log")
  void whereverItsProcessIsLostTheLogIsTheSame(Scenario scenario) {
    List<String> expected;
    try (Rig rig = scenario.play()) {
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      expected = told(rig);
    }
    for (int after = 0; after < scenario.moves().size(); after++) {
      try (Rig rig = scenario.playLosing(after)) {
        assertThat(told(rig)).as("lost after %d moves", after).isEqualTo(expected);
      }
    }
  }

  /** The log without its times. */
  private static List<String> told(Rig rig) {
    return rig.stage().log().stream()
        .map(e -> e.type().word() + ' ' + e.correlationId() + ' ' + rig.view().output())
        .toList();
  }

  @Test
  void aBranchForkedBehindTheShieldIsBehindItToo() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx.nonCancellable(
                    c ->
                        c.<String>all(List.of(b -> step(b, "one"), b -> step(b, "other")))
                            .toString()))) {
      rig.cancel("stop");
      rig.finish("one", "1");
      rig.finish("other", "2");

      assertThat(output(rig)).isEqualTo("\"[1, 2]\"");
    }
  }

  @Test
  void aBranchForkedBehindTheShieldIntoAScopeFromOutsideIsBehindItToItsEnd() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Branch<String> careful;
              try (Scope scope = ctx.scope()) {
                careful = ctx.nonCancellable(c -> scope.fork(b -> step(b, "a") + step(b, "b")));
              }
              return careful.join();
            })) {
      rig.finish("a", "A");
      rig.cancel("stop");
      rig.finish("b", "B");

      // Its scope was closed, and the run cancelled, before it came to its end.
      assertThat(rig.words()).doesNotContain("step_cancelled");
      assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
    }
  }

  @Test
  void aScopeInsideTheShieldCancelsItsOwnBranches() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx.nonCancellable(
                    c -> c.<String>any(List.of(b -> step(b, "fast"), b -> step(b, "slow")))))) {
      rig.finish("fast", "first");

      assertThat(output(rig)).isEqualTo("\"first\"");
      assertThat(rig.words()).contains("step_cancelled");
    }
  }

  @Test
  void whatIsRememberedWaitsForTheLastOfShieldsInShields() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              String both =
                  ctx.nonCancellable(
                      c -> c.<String>nonCancellable(d -> step(d, "a")) + step(c, "b"));
              try {
                return both + step(ctx, "c");
              } catch (CancelledException e) {
                return both + " and no more";
              }
            })) {
      rig.cancel("stop");
      rig.finish("a", "A");
      rig.finish("b", "B");

      assertThat(output(rig)).isEqualTo("\"AB and no more\"");
    }
  }

  @Test
  void aCancellationThatWasMetBeforeDoesNotKeepTheShieldFromGoingUp() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try {
                return step(ctx, "work");
              } finally {
                ctx.nonCancellable(c -> step(c, "clean up"));
              }
            })) {
      rig.cancel("stop");
      rig.cancel("at once");
      rig.finish("clean up", "x");

      assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
    }
  }

  @Test
  void whatIsThrownBehindTheShieldIsThrownAsItIsUnlessItIsChecked() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              String first =
                  caught(
                      ctx,
                      c -> {
                        throw new IllegalStateException("plain");
                      });
              return first
                  + caught(
                      ctx,
                      c -> {
                        throw new IOException("checked");
                      });
            })) {
      assertThat(output(rig)).isEqualTo("\"plain, checked, \"");
    }
  }

  private static String caught(WorkflowContext ctx, BranchBody<String> body) {
    try {
      return ctx.nonCancellable(body);
    } catch (IllegalStateException e) {
      return e.getMessage() + ", ";
    } catch (BranchFailedException e) {
      return e.getCause().getMessage() + ", ";
    }
  }

  @Test
  void aTerminationPassesThroughTheShield() {
    try (Rig rig = new Rig(SHIELDED.code())) {
      var unused =
          rig.stage()
              .append(
                  dev.fantasticfour.world.core.port.Authority.ANYONE,
                  null,
                  new dev.fantasticfour.world.api.event.Fact.RunTerminated("enough"));
      rig.execution().nudge();
      rig.settle();

      assertThat(rig.host().hasLeft()).isTrue();
      assertThat(rig.host().bodies()).isEmpty();
    }
  }

  @Test
  void theShieldMayBePutUpInCodeThatIsOnItsWay() {
    Workflow<String, String> before = (ctx, in) -> step(ctx, "a") + step(ctx, "b");
    Workflow<String, String> after =
        (ctx, in) -> ctx.nonCancellable(c -> step(c, "a") + step(c, "b"));
    try (Rig rig = new Rig(before)) {
      rig.finish("a", "A");
      rig.reload(after);
      rig.finish("b", "B");

      assertThat(output(rig)).isEqualTo("\"AB\"");
    }
  }
}
