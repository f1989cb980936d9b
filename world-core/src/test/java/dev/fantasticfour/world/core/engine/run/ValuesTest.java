package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.engine.model.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Code that runs live and code that is built up again see the same values. */
class ValuesTest {

  private static final StepType<List<String>, Integer> COUNT =
      StepType.of("count", new ValueType<List<String>>() {}, ValueType.of(Integer.class));
  private static final StepType<Object, String> LOOK =
      StepType.of("look", Object.class, String.class);
  private static final HookType<Void> BELL = HookType.of("bell", Void.class);
  private static final HookType<Integer> NUMBER = HookType.of("number", Integer.class);

  /** Is written with a field that reading refuses. */
  static final class OneWay {
    private final String text;

    OneWay(String text) {
      this.text = text;
    }

    public String getText() {
      return text;
    }
  }

  private static Rig rig(
      StepType<?, ?> type, StepFunction<?, ?> body, Workflow<String, String> code) {
    return new Rig(code, Map.of(type.name(), body));
  }

  @Test
  void aBodyThatChangesItsArgumentDoesNotChangeWhatTheWorkflowHas() {
    StepFunction<List<String>, Integer> body =
        (s, names) -> {
          names.add("added");
          return names.size();
        };
    try (Rig rig =
        rig(
            COUNT,
            body,
            (ctx, in) -> {
              List<String> names = new ArrayList<>(List.of("a"));
              int count = ctx.step(COUNT, names);
              return count + " " + names;
            })) {
      rig.runBody("count");

      assertThat(rig.view().output().text()).contains("2 [a]");
    }
  }

  @Test
  void theNextAttemptGetsTheArgumentAsItWas() {
    List<Integer> sizes = new ArrayList<>();
    StepFunction<List<String>, Integer> body =
        (s, names) -> {
          sizes.add(names.size());
          names.add("added");
          if (sizes.size() == 1) {
            throw new IllegalStateException("once");
          }
          return names.size();
        };
    try (Rig rig =
        rig(COUNT, body, (ctx, in) -> "" + ctx.step(COUNT, new ArrayList<>(List.of("a"))))) {
      rig.runBody("count");
      rig.ring();
      rig.runBody("count");

      assertThat(sizes).containsExactly(1, 1);
    }
  }

  @Test
  void aBodyGetsItsArgumentAsItWouldBeReadFromTheLog() {
    StepFunction<Object, String> body = (s, value) -> value.getClass().getSimpleName();
    try (Rig rig = rig(LOOK, body, (ctx, in) -> ctx.step(LOOK, 5L))) {
      rig.runBody("look");

      assertThat(rig.view().output().text()).contains("Integer");
    }
  }

  @Test
  void anArgumentThatCannotBeWrittenFailsTheStepInTheLog() {
    StepFunction<Object, String> body = (s, value) -> "never";
    try (Rig rig = rig(LOOK, body, (ctx, in) -> ctx.step(LOOK, new Object()))) {
      rig.runBody("look");

      assertThat(rig.words()).contains("step_failed").doesNotContain("step_retrying");
    }
  }

  @Test
  void aResultThatCannotBeReadAgainFailsTheStepAtOnce() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try {
                return ctx.step("one way", OneWay.class, s -> new OneWay("x")).getText();
              } catch (StepFailedException e) {
                return e.reason() + " " + e.getMessage();
              }
            })) {
      rig.runBody("one way");

      assertThat(rig.words()).doesNotContain("step_completed");
      assertThat(rig.view().output().text())
          .contains("SERIALIZATION")
          .contains("can be written but not read again");
    }
  }

  @Test
  void aResultIsAValueOfItsOwnForTheWorkflow() {
    List<String> kept = new ArrayList<>();
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              List<String> result =
                  ctx.step(
                      "list",
                      new ValueType<List<String>>() {},
                      o -> o,
                      s -> {
                        kept.add("a");
                        return kept;
                      });
              kept.add("changed later");
              return result.toString();
            })) {
      rig.runBody("list");

      assertThat(rig.view().output().text()).contains("[a]").doesNotContain("changed");
    }
  }

  @Test
  void nullThatCameIsNotNothing() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Hook<Void> bell = ctx.hook(BELL, "token");
              Received<Void> rang = bell.await(Duration.ofHours(1));
              return rang.isPresent() + " " + bell.poll().isPresent();
            })) {
      rig.resumeWith("token", null);

      assertThat(rig.view().output().text()).contains("true false");
    }
  }

  @Test
  void aMessageThatDoesNotFitCanBeCaughtAndTheNextIsRead() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Hook<Integer> hook = ctx.hook(NUMBER, "token");
              String refusal = "";
              try {
                return "read " + hook.await();
              } catch (WorldException e) {
                refusal = e.getMessage();
              }
              return refusal + " then " + hook.await();
            })) {
      rig.resumeWith("token", Payload.json("{\"not\":\"a number\"}"));
      assertThat(rig.view().stalledReason()).isNull();
      rig.resumeWith("token", Payload.json("7"));

      assertThat(rig.view().output().text())
          .contains("message 1 of hook 'number' (")
          .contains("then 7");
    }
  }

  @Test
  void messagesThatDoNotFitAreSaidOncePerHookAndWithoutTheirContent() {
    LogLines lines = new LogLines();
    try (lines;
        Rig rig =
            new Rig(
                (ctx, in) -> {
                  Hook<Integer> hook = ctx.hook(NUMBER, "s3cret");
                  int misfits = 0;
                  while (misfits < 3) {
                    try {
                      return "read " + hook.await();
                    } catch (WorldException e) {
                      misfits++;
                    }
                  }
                  return "gave up";
                })) {
      for (int i = 0; i < 3; i++) {
        rig.resumeWith("s3cret", Payload.json("{\"v4lue\":true}"));
      }
      assertThat(rig.view().output().text()).contains("gave up");
    }

    assertThat(lines.with("does not fit its type; further"))
        .singleElement()
        .asString()
        .contains("WARN", "'number'")
        .doesNotContain("v4lue", "s3cret");
  }

  @Test
  void aMessageThatDoesNotFitFailsARunThatDoesNotCatchIt() {
    try (Rig rig = new Rig((ctx, in) -> "read " + ctx.hook(NUMBER, "token").await())) {
      rig.resumeWith("token", Payload.json("true"));

      assertThat(rig.view().status()).isEqualTo(RunStatus.FAILED);
      assertThat(rig.view().error().text()).contains("does not fit its type");
    }
  }
}
