package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.UpdateStatus;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a run leaves to the one that goes on in its place, in the turns in which it does so. */
class HandoverTest {

  private static final AttributeKey<String> SHIFT = AttributeKey.keyword("shift");
  private static final StateType<String> STATE = StateType.of("state", String.class);
  private static final WorkflowType<String, String> CHILD =
      WorkflowType.of("child", String.class, String.class);

  private static RunId next(Rig rig) {
    return Objects.requireNonNull(rig.view().continuedTo());
  }

  private static List<EventType> types(Rig rig, RunId run) {
    return rig.stage().storage().history(run, 0, 100).stream().map(Event::type).toList();
  }

  @Test
  void whatItsCodeSetsAndShowsInItsLastTurnGoesOn() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              ctx.set(SHIFT, "late");
              ctx.publish(STATE, "last");
              throw ctx.continueAsNew(Interpreter.TYPE, "next");
            })) {
      RunRecord after = rig.stage().storage().run(next(rig)).orElseThrow();
      assertThat(SHIFT.from(after.attributes())).contains("late");
      assertThat(rig.stage().storage().state(after.id(), "state").orElseThrow().value())
          .isEqualTo(Payload.json("\"last\""));
    }
  }

  @Test
  void aRequestToCancelThatWasHeldBackByAShieldGoesOn() {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                ctx.nonCancellable(
                    c -> {
                      String unused = c.step("shielded", String.class, s -> "never run");
                      throw c.continueAsNew(Interpreter.TYPE, "next");
                    }))) {
      rig.cancel("enough");
      rig.finish("shielded", "done");
      assertThat(types(rig, next(rig)))
          .containsExactly(EventType.RUN_CREATED, EventType.CANCEL_REQUESTED);
    }
  }

  @Test
  void aRequestToCancelThatItsCodeHasMetDoesNotGoOn() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try {
                String unused = ctx.step("first", String.class, s -> "never run");
              } catch (RuntimeException e) {
                ctx.publish(STATE, "met");
              }
              throw ctx.continueAsNew(Interpreter.TYPE, "next");
            })) {
      rig.cancel("enough");
      assertThat(types(rig, next(rig))).doesNotContain(EventType.CANCEL_REQUESTED);
    }
  }

  @Test
  void theNextRunHasWhatHandlersHaveChangedIfTheyAreWaitedFor() {
    UpdateType<String, String> add = UpdateType.of("add", String.class, String.class);
    Workflow<String, String> code =
        (ctx, in) -> {
          StringBuilder all = new StringBuilder("so far:");
          ctx.onUpdate(
              add,
              (c, more) -> {
                String found = c.step("look up", String.class, s -> "never run");
                return all.append(' ').append(more).append(found).toString();
              });
          String unused = ctx.step("first", String.class, s -> "never run");
          ctx.awaitUpdates();
          throw ctx.continueAsNew(Interpreter.TYPE, all.toString());
        };
    try (Rig rig = new Rig(code)) {
      rig.ask("u1", "add", "a");
      rig.finish("first", "over");
      assertThat(rig.view().status()).isEqualTo(RunStatus.RUNNING);
      rig.reload(code);
      rig.ask("u2", "add", "b");
      for (String found : List.of("1", "2")) {
        rig.finish("look up", found);
      }
      assertThat(rig.update("u1").status()).isEqualTo(UpdateStatus.COMPLETED);
      assertThat(rig.stage().storage().run(next(rig)).orElseThrow().input())
          .isEqualTo(Payload.json("\"so far: a1 b2\""));
    }
  }

  @Test
  void aHandlerCannotWaitForItself() {
    UpdateType<String, String> add = UpdateType.of("add", String.class, String.class);
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              ctx.onUpdate(
                  add,
                  (c, more) -> {
                    c.awaitUpdates();
                    return more;
                  });
              return ctx.step("last", String.class, s -> "never run");
            })) {
      rig.ask("u1", "add", "a");
      assertThat(rig.update("u1").status()).isEqualTo(UpdateStatus.FAILED);
      rig.finish("last", "x");
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void aChildIsAskedOnceToCancelItself() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              ChildRun<String> child = ctx.start(CHILD, "x");
              child.cancel("first");
              String unused = ctx.step("between", String.class, s -> "never run");
              child.cancel("second");
              return ctx.step("last", String.class, s -> "never run");
            })) {
      rig.finish("between", "x");
      rig.finish("last", "y");
      assertThat(rig.words()).containsOnlyOnce("child_cancel_requested").endsWith("run_completed");
    }
  }
}
