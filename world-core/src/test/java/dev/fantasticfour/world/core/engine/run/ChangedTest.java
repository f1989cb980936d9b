package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.AttemptEndedException.Reason;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.UpdateHandler;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.port.AppendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What runs are told of a change of their code. */
class ChangedTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final UpdateType<String, String> ASK =
      UpdateType.of("ask", String.class, String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(name, String.class, s -> name);
  }

  private static Workflow<String, String> marked(String before, String after) {
    return (ctx, in) -> step(ctx, before) + (ctx.changed("x") ? step(ctx, "new") : after);
  }

  /** The markers in the log. */
  private static List<Fact> markers(Rig rig) {
    return rig.stage().log().stream()
        .filter(event -> event.type() == EventType.CHANGE_MARKED)
        .map(Event::fact)
        .toList();
  }

  private static Fact marker(boolean taken) {
    return new RunFact.ChangeMarked("x", taken);
  }

  private static Payload text(String value) {
    return Payload.json('"' + value + '"');
  }

  @Test
  @DisplayName("VER-1: for a new run it is true, and marked in the batch of the step it guards")
  void aNewRunTakesTheChange() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              String a = step(ctx, "a");
              return a + (ctx.changed("x") ? ctx.step(QUEUED, a) : "old");
            })) {
      rig.finish("a", "A");

      assertThat(markers(rig)).containsExactly(marker(true));
      List<Event> log = rig.stage().log();
      String batch = log.getLast().batchId();
      assertThat(log.stream().filter(e -> e.batchId().equals(batch)).map(Event::type))
          .containsExactlyInAnyOrder(
              EventType.STEP_COMPLETED, EventType.CHANGE_MARKED, EventType.STEP_CREATED);
    }
  }

  @Test
  void itIsNoReasonToAppendAnything() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              var hook = ctx.hook(HOOK, "one");
              String first = hook.await();
              boolean taken = ctx.changed("x");
              return first + hook.await() + taken;
            })) {
      rig.resume("one", "1");
      assertThat(rig.words()).endsWith("hook_created", "hook_received");

      rig.resume("one", "2");
      assertThat(rig.words()).endsWith("hook_received", "change_marked", "run_completed");
      assertThat(rig.view().output()).isEqualTo(text("12true"));
    }
  }

  @Test
  void aRunThatAsksTakesNoMoreCommitsThanOneThatDoesNot() {
    assertThat(commits(true)).isEqualTo(commits(false));
  }

  private static long commits(boolean asks) {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              for (int i = 0; i < 5; i++) {
                step(ctx, "a");
                boolean unused = asks && ctx.changed("change " + i);
              }
              return "done";
            })) {
      for (int i = 0; i < 5; i++) {
        rig.finish("a", "A");
      }
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      return rig.stage().log().stream().map(Event::batchId).distinct().count();
    }
  }

  @Test
  void anAnswerThatIsNotWrittenYetWaitsForTheNextBatch() throws Exception {
    Workflow<String, String> code =
        (ctx, in) -> {
          var hook = ctx.hook(HOOK, "one");
          List<String> both =
              ctx.all(
                  List.of(
                      c -> hook.await() + c.changed("x") + hook.await(),
                      c -> step(c, "a") + step(c, "b")));
          return String.join("", both);
        };
    try (Rig rig = new Rig(code)) {
      rig.resume("one", "1");
      assertThat(markers(rig)).isEmpty();
      rig.finish("a", "A");
      assertThat(markers(rig)).as("with what came next").containsExactly(marker(true));

      rig.host().bodies().forEach(body -> body.cancel(Reason.UNWANTED));
      rig.execution().detach();
      rig.settle();
      rig.load(code);
      rig.finish("b", "B");
      rig.resume("one", "2");
      assertThat(rig.view().output()).isEqualTo(text("1true2AB"));
    }
  }

  @Test
  @DisplayName("VER-2: a run that is parked after the place goes on as it began")
  void aRunThatIsPastThePlaceDoesNotTakeIt() throws Exception {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              String a = step(ctx, "a");
              ctx.sleep(HOUR);
              return a + step(ctx, "b");
            })) {
      rig.finish("a", "A");
      rig.evict();

      rig.load(
          (ctx, in) -> {
            String a = step(ctx, "a");
            String more = ctx.changed("x") ? step(ctx, "new") : "";
            ctx.sleep(HOUR);
            return a + more + step(ctx, "b");
          });
      rig.ring();
      rig.finish("b", "B");

      assertThat(rig.view().output()).isEqualTo(text("AB"));
      assertThat(markers(rig)).containsExactly(marker(false));
    }
  }

  @Test
  @DisplayName("VER-3: a run that is parked before the place takes it")
  void aRunThatHasNotComeToThePlaceTakesIt() throws Exception {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              String a = step(ctx, "a");
              ctx.sleep(HOUR);
              return a + step(ctx, "b");
            })) {
      rig.finish("a", "A");
      rig.evict();

      rig.load(
          (ctx, in) -> {
            String a = step(ctx, "a");
            ctx.sleep(HOUR);
            return a + (ctx.changed("x") ? step(ctx, "new") : step(ctx, "b"));
          });
      rig.ring();
      rig.finish("new", "N");

      assertThat(rig.view().output()).isEqualTo(text("AN"));
      assertThat(markers(rig)).containsExactly(marker(true));
    }
  }

  @Test
  @DisplayName("VER-4: a branch that had ended before the change does not take it")
  void aBranchThatHadEndedDoesNotTakeIt() throws Exception {
    try (Rig rig =
        new Rig(
            (ctx, in) ->
                String.join(
                    "", ctx.all(List.of(c -> step(c, "a"), c -> step(c, "b") + step(c, "c")))))) {
      rig.finish("a", "A");
      rig.finish("b", "B");
      rig.host().bodies().forEach(body -> body.cancel(Reason.UNWANTED));
      rig.execution().detach();
      rig.settle();

      rig.load(
          (ctx, in) ->
              String.join(
                  "",
                  ctx.all(
                      List.of(
                          c -> step(c, "a") + (c.changed("x") ? step(c, "new") : ""),
                          c -> step(c, "b") + step(c, "c")))));
      rig.finish("c", "C");

      assertThat(rig.view().output()).isEqualTo(text("ABC"));
      assertThat(markers(rig)).containsExactly(marker(false));
    }
  }

  @Test
  @DisplayName("VER-4: a handler that had answered before the change does not take it")
  void aHandlerThatHadAnsweredDoesNotTakeIt() throws Exception {
    try (Rig rig = new Rig(answering((c, q) -> q))) {
      rig.ask("u", "ask", "q");
      rig.evict();

      rig.load(answering((c, q) -> c.changed("x") ? step(c, "new") : q));
      assertThat(rig.host().stalled()).isNull();
      rig.resume("one", "done");

      assertThat(rig.view().output()).isEqualTo(text("done"));
      assertThat(markers(rig)).containsExactly(marker(false));
    }
  }

  @Test
  void aHandlerThatHasNotAnsweredTakesIt() throws Exception {
    try (Rig rig = new Rig(answering((c, q) -> step(c, "a")))) {
      rig.ask("u", "ask", "q");
      rig.host().bodies().forEach(body -> body.cancel(Reason.UNWANTED));
      rig.execution().detach();
      rig.settle();

      rig.load(answering((c, q) -> step(c, "a") + (c.changed("x") ? step(c, "new") : "")));
      rig.finish("a", "A");
      rig.finish("new", "N");

      assertThat(rig.update("u").result()).isEqualTo(text("AN"));
      assertThat(markers(rig)).containsExactly(marker(true));
    }
  }

  private static Workflow<String, String> answering(UpdateHandler<String, String> handler) {
    return (ctx, in) -> {
      ctx.onUpdate(ASK, handler);
      return ctx.hook(HOOK, "one").await();
    };
  }

  @Test
  @DisplayName("VER-1: an answer stays as it was when the batch that has it is refused")
  void anAnswerStaysWhenItsBatchIsRefused() {
    Workflow<String, String> code =
        (ctx, in) -> {
          Hook<String> hook = ctx.hook(HOOK, "one");
          return String.join(
              "",
              ctx.all(
                  List.of(
                      c -> {
                        String a = step(c, "a");
                        boolean taken = c.changed("x");
                        hook.close();
                        return a + taken;
                      },
                      c -> step(c, "b"))));
        };
    try (Rig rig = new Rig(code)) {
      // Nobody tells it of that, so that it closes the hook over it.
      AppendResult unheard = rig.stage().resume("one", "late");
      rig.host().finish(rig.body("a"), new StepResult.Returned(text("A")));
      rig.host().finish(rig.body("b"), new StepResult.Returned(text("B")));
      rig.settle();

      assertThat(unheard).isInstanceOf(AppendResult.Appended.class);
      assertThat(rig.view().output()).isEqualTo(text("AtrueB"));
      assertThat(markers(rig)).containsExactly(marker(true));
    }
  }

  @Test
  @DisplayName(
      "VER-1: a branch that one commit answered with others takes it after an eviction, too")
  void whatFollowsOnTheLastAnswersIsNewAfterAnEviction() throws Exception {
    Workflow<String, String> code =
        (ctx, in) ->
            String.join(
                "",
                ctx.all(
                    List.of(
                        c -> {
                          Hook<String> hook = c.hook(HOOK, "one");
                          return c.changed("x") + hook.await();
                        },
                        c -> c.hook(HOOK, "two").await())));
    try (Rig rig = new Rig(code)) {
      rig.evict();
      rig.load(code);
      rig.resume("one", "1");
      rig.resume("two", "2");

      assertThat(rig.view().output()).isEqualTo(text("true12"));
      assertThat(markers(rig)).containsExactly(marker(true));
    }
  }

  @Test
  @DisplayName("VER-5: two branches have one answer, after an eviction too")
  void twoBranchesHaveOneAnswer() throws Exception {
    Workflow<String, String> code =
        (ctx, in) -> {
          boolean first = ctx.changed("x");
          ctx.sleep(HOUR);
          return first
              + String.join(
                  "",
                  ctx.all(
                      List.of(
                          c -> step(c, "a") + c.changed("x"),
                          c -> String.valueOf(c.changed("x")))));
        };
    try (Rig rig = new Rig(code)) {
      rig.evict();
      rig.load(code);
      rig.ring();
      rig.finish("a", "A");

      assertThat(rig.view().output()).isEqualTo(text("trueAtruetrue"));
      assertThat(markers(rig)).hasSize(1);
    }
  }

  @Test
  @DisplayName("VER-6: a marker that nobody asks for is no divergence, taken or not")
  void theCallMayGo() throws Exception {
    Workflow<String, String> without =
        (ctx, in) -> {
          ctx.sleep(HOUR);
          return step(ctx, "b");
        };
    Workflow<String, String> with =
        (ctx, in) -> {
          boolean unused = ctx.changed("x");
          return without.run(ctx, in);
        };
    for (boolean taken : List.of(true, false)) {
      try (Rig rig = new Rig(taken ? with : without)) {
        rig.evict();
        rig.load(with);
        rig.ring();
        assertThat(markers(rig)).containsExactly(marker(taken));
        rig.host().bodies().forEach(body -> body.cancel(Reason.UNWANTED));
        rig.execution().detach();
        rig.settle();

        rig.load(without);
        rig.finish("b", "B");
        assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      }
    }
  }

  @Test
  @DisplayName("VER-8: every round of a loop has the answer of the first")
  void everyRoundOfALoopHasOneAnswer() throws Exception {
    Workflow<String, String> before = (ctx, in) -> rounds(ctx, false);
    Workflow<String, String> after = (ctx, in) -> rounds(ctx, true);
    try (Rig rig = new Rig(before)) {
      rig.ring();
      rig.ring();
      rig.evict();
      rig.load(after);
      rig.ring();
      rig.ring();
      rig.evict();
      rig.load(after);
      rig.ring();
      assertThat(rig.view().output()).isEqualTo(text("falsefalsefalsefalsefalse"));
    }
    try (Rig rig = new Rig(after)) {
      for (int round = 0; round < 4; round++) {
        rig.ring();
        rig.evict();
        rig.load(after);
      }
      rig.ring();
      assertThat(rig.view().output()).isEqualTo(text("truetruetruetruetrue"));
    }
  }

  private static String rounds(WorkflowContext ctx, boolean asks) {
    StringBuilder answers = new StringBuilder();
    for (int round = 0; round < 5; round++) {
      answers.append(asks ? ctx.changed("x") : "?");
      ctx.sleep(HOUR);
    }
    return answers.toString();
  }

  @Test
  void aRunThatIsAtThePlaceWhenItsOwnerIsLostTakesIt() throws Exception {
    try (Rig rig = new Rig(marked("a", "old"))) {
      rig.host().bodies().forEach(body -> body.cancel(Reason.UNWANTED));
      rig.execution().detach();
      rig.settle();
      rig.load(marked("a", "old"));
      rig.finish("a", "A");
      rig.finish("new", "N");

      assertThat(rig.view().output()).isEqualTo(text("AN"));
    }
  }

  @Test
  void anIdThatSaysNothingIsRefused() {
    List<Throwable> thrown = new ArrayList<>();
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              for (String id : List.of("", " ", "a\0b", "x".repeat(1_001))) {
                try {
                  boolean unused = ctx.changed(id);
                } catch (WorldException e) {
                  thrown.add(e);
                }
              }
              return "done";
            })) {
      assertThat(thrown)
          .hasSize(4)
          .allSatisfy(
              e -> assertThat(((WorldException) e).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
      assertThat(markers(rig)).isEmpty();
    }
  }

  @Test
  void nobodyElseMayAskButTheCodeOfItsBranch() {
    List<WorkflowContext> escaped = new ArrayList<>();
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              escaped.add(ctx);
              return step(ctx, "a");
            })) {
      assertThatThrownBy(() -> escaped.getFirst().changed("x"))
          .isInstanceOf(ContextMisuseException.class);
      rig.finish("a", "A");
    }
  }
}
