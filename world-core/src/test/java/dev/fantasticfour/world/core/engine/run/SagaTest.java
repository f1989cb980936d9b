package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CompensationFailedException;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** All is done, or all is undone. */
class SagaTest {

  private static final Exception FATAL = new FatalException("cannot be");

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(name, String.class, s -> "unused");
  }

  private static String act(Saga saga, String name) {
    return saga.step(
        name,
        String.class,
        s -> "unused",
        (c, done) -> step(c, "undo " + name + " (" + done.orElse("unknown") + ")"));
  }

  /** Four actions, each of which can be undone. */
  private static String four(WorkflowContext ctx, String input) {
    try (Saga saga = ctx.saga()) {
      String all = act(saga, "one") + act(saga, "two") + act(saga, "three") + act(saga, "four");
      saga.commit();
      return all;
    }
  }

  private static String output(Rig rig) {
    Payload output = rig.view().output();
    return output == null ? "none, it is " + rig.view().status() : output.text();
  }

  private static Failure error(Rig rig) {
    return new JacksonPayloadCodec().decodeFailure(rig.view().error());
  }

  /** The steps in the log that were completed, in order. */
  private static List<String> done(Rig rig) {
    List<String> names = new ArrayList<>();
    for (Event event : rig.stage().log()) {
      if (event.fact() instanceof Fact.StepCompleted completed) {
        names.add(completed.site().name());
      }
    }
    return names;
  }

  @Test
  @DisplayName("SAGA-1 The third of four fails: its own, 2 and 1 are undone in reverse, once each")
  void whatWasDoneIsUndoneInReverse() {
    try (Rig rig = new Rig(SagaTest::four)) {
      rig.finish("one", "1");
      rig.finish("two", "2");
      rig.fail("three", FATAL);
      rig.finish("undo three (unknown)", "x");
      rig.finish("undo two (2)", "x");
      rig.finish("undo one (1)", "x");

      assertThat(rig.view().status()).isEqualTo(RunStatus.FAILED);
      assertThat(rig.view().errorCode()).isEqualTo("USER_ERROR");
      assertThat(error(rig).type()).isEqualTo(StepFailedException.class.getName());
      assertThat(done(rig))
          .containsExactly("one", "two", "undo three (unknown)", "undo two (2)", "undo one (1)");
    }
  }

  @Test
  @DisplayName(
      "SAGA-3 A middle compensation is fatal: the others run; COMPENSATION_FAILED, all listed")
  void aCompensationThatFailsForGoodKeepsNoOtherFromRunning() {
    try (Rig rig = new Rig(SagaTest::four)) {
      rig.finish("one", "1");
      rig.finish("two", "2");
      rig.finish("three", "3");
      rig.fail("four", FATAL);
      rig.fail("undo four (unknown)", new FatalException("first"));
      rig.finish("undo three (3)", "x");
      rig.fail("undo two (2)", new FatalException("second"));
      rig.finish("undo one (1)", "x");

      assertThat(rig.view().errorCode()).isEqualTo(ErrorCode.COMPENSATION_FAILED.name());
      Failure error = error(rig);
      assertThat(error.type()).isEqualTo(CompensationFailedException.class.getName());
      assertThat(error.message()).contains("2 of 4 compensations", "four, two");
      assertThat(error.suppressed())
          .extracting(Failure::message)
          .satisfiesExactly(
              first -> assertThat(first).contains("undo four (unknown)", "first"),
              second -> assertThat(second).contains("undo two (2)", "second"));
      assertThat(error.cause()).isNotNull();
      assertThat(error.cause().message()).contains("step 'four' failed", "cannot be");
      assertThat(done(rig)).endsWith("undo three (3)", "undo one (1)");
    }
  }

  @Test
  @DisplayName("SAGA-4 Commit: none run")
  void whatIsCommittedIsNotUndone() {
    try (Rig rig = new Rig(SagaTest::four)) {
      List.of("one", "two", "three", "four").forEach(name -> rig.finish(name, name));

      assertThat(output(rig)).isEqualTo("\"onetwothreefour\"");
      assertThat(done(rig)).containsExactly("one", "two", "three", "four");
    }
  }

  @Test
  @DisplayName("SAGA-5 Cancel in the middle: as a failure, and no other cancel disturbs it")
  void aCancelledSagaIsUndone() {
    try (Rig rig = new Rig(SagaTest::four)) {
      rig.finish("one", "1");
      rig.cancel("stop");
      rig.cancel("at once");
      rig.finish("undo two (unknown)", "x");
      rig.finish("undo one (1)", "x");

      assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(done(rig)).containsExactly("one", "undo two (unknown)", "undo one (1)");
    }
  }

  @Test
  @DisplayName("SAGA-6 An action timed out but took effect: its compensation runs with done empty")
  void anActionThatTimedOutIsUndone() {
    List<String> effects = new ArrayList<>();
    Workflow<String, String> code =
        (ctx, in) -> {
          try (Saga saga = ctx.saga()) {
            saga.step(
                "charge",
                String.class,
                o -> o.attempts(1).timeout(Duration.ofSeconds(5)),
                s -> "unused",
                (c, done) ->
                    c.step(
                        "refund",
                        String.class,
                        s -> {
                          effects.remove("charged");
                          return done.isPresent() ? "known" : "unknown";
                        }));
            saga.commit();
            return "never";
          } catch (StepFailedException e) {
            return e.reason() + " " + effects;
          }
        };
    try (Rig rig = new Rig(code)) {
      effects.add("charged");
      rig.host()
          .finish(rig.body("charge"), new StepResult.TimedOut(new TimeoutException("too slow")));
      rig.settle();
      rig.runBody("refund");

      assertThat(output(rig)).isEqualTo("\"TIMED_OUT []\"");
      assertThat(rig.stage().log()).last().extracting(Event::type).hasToString("RUN_COMPLETED");
    }
  }

  @Test
  void aSagaThatIsLeftByAReturnBeforeItsCommitIsUndone() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Saga saga = ctx.saga()) {
                return act(saga, "one");
              }
            })) {
      rig.finish("one", "1");
      rig.fail("undo one (1)", FATAL);

      assertThat(rig.view().errorCode()).isEqualTo("COMPENSATION_FAILED");
      assertThat(error(rig).cause()).isNull();
      assertThat(error(rig).suppressed()).hasSize(1);
    }
  }

  @Test
  void aCancelledRunWhoseCompensationFailsHasFailed() {
    try (Rig rig = new Rig(SagaTest::four)) {
      rig.finish("one", "1");
      rig.cancel("stop");
      rig.finish("undo two (unknown)", "x");
      rig.fail("undo one (1)", FATAL);

      assertThat(rig.view().errorCode()).isEqualTo("COMPENSATION_FAILED");
      assertThat(error(rig).cause().message()).contains("stop");
    }
  }

  @Test
  void whoeverCatchesWhatLeftTheBlockFindsTheFailedCompensationInIt() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try {
                return four(ctx, in);
              } catch (StepFailedException e) {
                CompensationFailedException failed =
                    (CompensationFailedException) e.getSuppressed()[0];
                return failed.code() + " " + failed.compensations();
              }
            })) {
      rig.fail("one", FATAL);
      rig.fail("undo one (unknown)", FATAL);

      assertThat(output(rig)).isEqualTo("\"COMPENSATION_FAILED [one]\"");
    }
  }

  @Test
  void whatIsWrappedOnItsWayOutIsTheCauseAndTheCodeIsTheSame() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try {
                return four(ctx, in);
              } catch (StepFailedException e) {
                throw new IllegalStateException("no order", e);
              }
            })) {
      rig.fail("one", FATAL);
      rig.fail("undo one (unknown)", FATAL);

      assertThat(rig.view().errorCode()).isEqualTo("COMPENSATION_FAILED");
      assertThat(error(rig).type()).isEqualTo(CompensationFailedException.class.getName());
      assertThat(error(rig).cause().message()).isEqualTo("no order");
    }
  }

  @Test
  void aFailedCompensationInABranchIsTheErrorOfTheRunThatJoinsIt() {
    try (Rig rig = new Rig((ctx, in) -> ctx.<String>all(List.of(b -> four(b, in))).getFirst())) {
      rig.fail("one", FATAL);
      rig.fail("undo one (unknown)", FATAL);

      assertThat(rig.view().errorCode()).isEqualTo("COMPENSATION_FAILED");
    }
  }

  @Test
  void aFailedCompensationInAHandlerIsTheErrorOfTheUpdate() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              ctx.onUpdate(UpdateType.of("book", String.class, String.class), (c, q) -> four(c, q));
              ctx.sleep(Duration.ofHours(1));
              return "goes on";
            })) {
      rig.ask("u", "book", "q");
      rig.fail("one", FATAL);
      rig.fail("undo one (unknown)", FATAL);

      assertThat(rig.update("u").errorCode()).isEqualTo("COMPENSATION_FAILED");
      assertThat(rig.view().status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  void aLoserOfARaceUndoesWhatItDidBeforeTheRaceIsOver() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx.any(List.<BranchBody<String>>of(b -> step(b, "fast"), b -> four(b, in))))) {
      rig.finish("one", "1");
      rig.finish("fast", "first");
      assertThat(rig.view().status()).isEqualTo(RunStatus.RUNNING);
      rig.finish("undo two (unknown)", "x");
      rig.finish("undo one (1)", "x");

      assertThat(output(rig)).isEqualTo("\"first\"");
    }
  }

  @Test
  void whatIsNotAskedForBecauseOfACancellationIsNotUndone() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Saga saga = ctx.saga()) {
                ctx.nonCancellable(c -> step(c, "before"));
                return act(saga, "one");
              }
            })) {
      rig.cancel("stop");
      rig.finish("before", "x");

      assertThat(rig.view().status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(done(rig)).containsExactly("before");
    }
  }

  @Test
  void whatIsDoneOnUndoHasItsPlaceAmongTheCompensations() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Saga saga = ctx.saga()) {
                act(saga, "one");
                saga.onUndo("audit", c -> step(c, "audit"));
                act(saga, "two");
                return "not committed";
              }
            })) {
      rig.finish("one", "1");
      rig.finish("two", "2");
      rig.finish("undo two (2)", "x");
      rig.finish("audit", "x");
      rig.finish("undo one (1)", "x");

      assertThat(output(rig)).isEqualTo("\"not committed\"");
    }
  }

  @Test
  void aCompensationIsTriedForEver() {
    try (Rig rig = new Rig(SagaTest::four)) {
      rig.fail("one", FATAL);
      for (int attempt = 1; attempt <= 20; attempt++) {
        rig.fail("undo one (unknown)", new IllegalStateException("not yet"));
        rig.ring();
      }
      assertThat(rig.body("undo one (unknown)").attempt()).isEqualTo(21);
      rig.finish("undo one (unknown)", "x");

      assertThat(rig.view().errorCode()).isEqualTo("USER_ERROR");
    }
  }

  private static final StepType<String, String> PLAIN =
      StepType.of("plain", String.class, String.class);
  private static final StepType<String, String> ONCE = PLAIN.attempts(1);

  /** What a compensation that fails once comes to: tried again, or failed for good. */
  private static String afterOneFailure(BranchBody<String> compensation, boolean twice) {
    Workflow<String, String> code =
        (ctx, in) -> {
          try (Saga saga = ctx.saga(o -> twice ? o.retry(RetryPolicy.DEFAULT.attempts(2)) : o)) {
            saga.onUndo("it", c -> compensation.run(c));
            return "undone";
          } catch (CompensationFailedException e) {
            return "failed";
          }
        };
    try (Rig rig = new Rig(code, Map.of("plain", (s, in) -> "unused"))) {
      for (int attempt = 1; attempt <= 3 && rig.view().output() == null; attempt++) {
        rig.fail("plain", new IllegalStateException("not yet"));
        if (rig.view().output() == null) {
          rig.ring();
        }
      }
      return rig.view().output() == null ? "still tried" : output(rig);
    }
  }

  @Test
  void aStepOfACompensationSaysItselfHowItIsTriedOrElseTheSagaDoes() {
    BranchBody<String> written = c -> step(c, "plain");
    BranchBody<String> once = c -> c.step("plain", String.class, o -> o.attempts(1), s -> "x");
    BranchBody<String> below = c -> c.<String>all(List.of(b -> step(b, "plain"))).getFirst();

    assertThat(afterOneFailure(written, false)).isEqualTo("still tried");
    assertThat(afterOneFailure(written, true)).isEqualTo("\"failed\"");
    assertThat(afterOneFailure(once, false)).isEqualTo("\"failed\"");
    assertThat(afterOneFailure(below, false)).isEqualTo("still tried");
    assertThat(afterOneFailure(c -> c.step(PLAIN, "in"), false)).isEqualTo("still tried");
    assertThat(afterOneFailure(c -> c.step(PLAIN, "in"), true)).isEqualTo("\"failed\"");
    assertThat(afterOneFailure(c -> c.step(ONCE, "in"), false)).isEqualTo("\"failed\"");
  }

  @Test
  void stepsAfterASagaAreTriedAsBefore() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Saga saga = ctx.saga()) {
                saga.onUndo("nothing", c -> {});
              }
              return step(ctx, "plain");
            })) {
      for (int attempt = 1; attempt <= 4; attempt++) {
        rig.fail("plain", new IllegalStateException("no"));
        if (attempt < 4) {
          rig.ring();
        }
      }

      assertThat(rig.view().status()).isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  void aSagaThatItsCodeLeavesOpenIsUndoneAtTheEndOfItsBranch() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              String one = act(ctx.saga(), "one");
              return one + ctx.<String>all(List.of(b -> act(b.saga(), "two"))).getFirst();
            })) {
      rig.finish("one", "1");
      rig.finish("two", "2");
      rig.finish("undo two (2)", "x");
      rig.fail("undo one (1)", FATAL);

      assertThat(rig.view().errorCode()).isEqualTo("COMPENSATION_FAILED");
    }
  }

  @Test
  void aSagaThatIsOverTakesNoMoreActions() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Saga saga = ctx.saga();
              saga.commit();
              saga.commit();
              String first = refusal(() -> act(saga, "one"));
              saga.close();
              saga.close();
              Saga other = ctx.saga();
              other.close();
              return first + refusal(() -> other.onUndo("it", c -> {})) + refusal(other::commit);
            })) {
      assertThat(output(rig))
          .contains("committed, and 'one'", "closed, and 'it'", "closed, and was undone");
      assertThat(rig.words()).doesNotContain("step_completed");
    }
  }

  private static String refusal(Runnable call) {
    try {
      call.run();
      return "taken";
    } catch (ContextMisuseException e) {
      return e.getMessage();
    }
  }

  @Test
  void aSagaBelongsToItsBranch() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Saga saga = ctx.saga();
              return ctx.<String>all(List.of(b -> refusal(() -> act(saga, "one")))).getFirst();
            })) {
      assertThat(output(rig)).contains("inside a branch the context it is given");
    }
  }

  @Test
  void anEvictionInTheMiddleOfTheUndoingChangesNothing() throws Exception {
    Workflow<String, String> code =
        (ctx, in) -> {
          try (Saga saga = ctx.saga()) {
            act(saga, "one");
            saga.onUndo("pause", c -> c.sleep(Duration.ofHours(1)));
            throw new IllegalStateException("broken");
          }
        };
    try (Rig rig = new Rig(code)) {
      rig.finish("one", "1");
      rig.evict();
      rig.load(code);
      rig.ring();
      rig.finish("undo one (1)", "x");

      assertThat(error(rig).message()).isEqualTo("broken");
      assertThat(done(rig)).containsExactly("one", "undo one (1)");
    }
  }
}
