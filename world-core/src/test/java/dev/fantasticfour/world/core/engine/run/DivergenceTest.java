package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that was changed under a run that is on its way. */
class DivergenceTest {

  private static final HookType<String> HOOK = HookType.of("approval", String.class);
  private static final Duration HOUR = Duration.ofHours(1);

  /** A change of the code, and what the reason for standing must name. */
  private record Edit(String what, Workflow<String, String> code, List<String> named) {
    @Override
    public String toString() {
      return what;
    }
  }

  /** What the log was written with. */
  private static String original(WorkflowContext ctx, String input) {
    String a = step(ctx, "a");
    ctx.sleep(HOUR);
    String payload = approval(ctx, "token-1", true);
    return a + payload + step(ctx, "b") + step(ctx, "c");
  }

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(name, String.class, s -> "unused");
  }

  private static String approval(WorkflowContext ctx, String token, boolean closes) {
    Hook<String> hook = ctx.hook(HOOK, token);
    String payload = hook.await();
    if (closes) {
      hook.close();
    }
    return payload;
  }

  static Stream<Edit> edits() {
    return Stream.of(
        new Edit(
            "a step renamed",
            (ctx, in) -> step(ctx, "renamed"),
            List.of("'a'", "'renamed'", "renamed from 'a' to 'renamed'")),
        new Edit(
            "a step inserted",
            (ctx, in) -> {
              String fresh = step(ctx, "fresh");
              return fresh + original(ctx, in);
            },
            List.of("'a'", "'fresh'", "inserted")),
        new Edit(
            "a step removed",
            (ctx, in) -> {
              ctx.sleep(HOUR);
              return approval(ctx, "token-1", true);
            },
            List.of("step 'a'", "wait 'sleep'", "removed")),
        new Edit(
            "two requests in another order",
            (ctx, in) -> {
              ctx.sleep(HOUR);
              return step(ctx, "a");
            },
            List.of("step 'a'", "wait 'sleep'", "moved")),
        new Edit(
            "a sleep made a step",
            (ctx, in) -> step(ctx, "a") + step(ctx, "sleep"),
            List.of("wait 'sleep'", "step 'sleep'")),
        new Edit(
            "another token",
            (ctx, in) -> {
              String a = step(ctx, "a");
              ctx.sleep(HOUR);
              return a + approval(ctx, "token-2", true);
            },
            List.of(Secrets.fingerprint("token-1"), Secrets.fingerprint("token-2"), "token")),
        new Edit(
            "another result type",
            (ctx, in) -> String.valueOf(ctx.step("a", Integer.class, s -> 1)),
            List.of("result of step 'a'", "Was the type changed incompatibly?")),
        new Edit(
            "the rest removed",
            (ctx, in) -> step(ctx, "a"),
            List.of("wait 'sleep'", "did not ask for it", "removed")),
        new Edit(
            "a close removed",
            (ctx, in) -> {
              String a = step(ctx, "a");
              ctx.sleep(HOUR);
              return a + approval(ctx, "token-1", false) + step(ctx, "b") + step(ctx, "c");
            },
            List.of("hook 'approval'", "closed or cancelled", "close")),
        new Edit(
            "moved into a branch",
            (ctx, in) -> ctx.<String>all(List.of(c -> original(c, in))).getFirst(),
            List.of("step 'a' (request 0 of branch '')", "not asked", "moved")));
  }

  private static Rig onItsWay() {
    Rig rig = new Rig(DivergenceTest::original);
    rig.finish("a", "A");
    rig.ring();
    rig.resume("token-1", "P");
    rig.finish("b", "B");
    return rig;
  }

  @ParameterizedTest
  @MethodSource("edits")
  void theRunStandsAndSaysWhatDiffers(Edit edit) throws Exception {
    try (Rig rig = onItsWay()) {
      rig.host().bodies().forEach(ScriptedHost.Body::cancel);
      rig.execution().detach();
      rig.settle();

      rig.load(edit.code());

      assertThat(rig.view().stalledReason()).contains(edit.named());
    }
  }

  @ParameterizedTest
  @MethodSource("edits")
  void theReasonSaysWhatToDo(Edit edit) throws Exception {
    try (Rig rig = onItsWay()) {
      rig.execution().detach();
      rig.settle();

      rig.load(edit.code());

      assertThat(rig.view().stalledReason())
          .contains("ctx.changed(", "old build", "world runs repin", "docs/versioning.md");
    }
  }

  @Test
  void theReasonNamesThePlaceInTheCode() throws Exception {
    try (Rig rig = onItsWay()) {
      rig.execution().detach();
      rig.settle();

      rig.load((ctx, in) -> step(ctx, "renamed"));

      assertThat(rig.view().stalledReason())
          .contains("asks for step 'renamed' at " + DivergenceTest.class.getName() + ".step")
          .contains("DivergenceTest.java:");
    }
  }

  @ParameterizedTest
  @MethodSource("edits")
  void nothingIsAppendedByCodeThatDoesNotFit(Edit edit) throws Exception {
    try (Rig rig = onItsWay()) {
      List<String> before = rig.words();
      rig.execution().detach();
      rig.settle();

      rig.load(edit.code());

      assertThat(rig.words()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("edits")
  void theRunGoesOnWhenFittingCodeIsBack(Edit edit) throws Exception {
    try (Rig rig = onItsWay()) {
      rig.execution().detach();
      rig.settle();
      rig.load(edit.code());

      rig.load(DivergenceTest::original);
      rig.finish("c", "C");

      assertThat(rig.view().output()).isEqualTo(Payload.json("\"APBC\""));
    }
  }

  @Test
  void whatABodyCameToIsKeptWhenTheCodeCannotGoOnWithIt() throws Exception {
    try (Rig rig = new Rig((ctx, in) -> String.valueOf(ctx.step("a", Integer.class, s -> 1)))) {
      rig.finish("a", "not a number");
      assertThat(rig.view().stalledReason()).contains("result of step 'a'");

      rig.load(
          (ctx, in) -> {
            String a = step(ctx, "a");
            return a + step(ctx, "b");
          });
      rig.finish("b", "!");

      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(rig.view().output()).isEqualTo(Payload.json("\"not a number!\""));
    }
  }
}
