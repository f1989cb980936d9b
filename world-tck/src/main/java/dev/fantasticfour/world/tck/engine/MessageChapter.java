package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes into a workflow: messages of hooks, and values that others wrote. */
public interface MessageChapter {

  @Test
  @Rule("EN-4")
  default void payloadsComeToAHookInTheOrderTheyWereSent(WorldScene scene) {
    String token = scene.name("token");
    Run<String> run =
        scene.started(
            "hooks",
            (ctx, in) -> {
              try (Hook<String> hook = ctx.hook(SampleWorkflow.HOOK, token)) {
                StringBuilder all = new StringBuilder();
                for (int i = 0; i < 5; i++) {
                  all.append(hook.await());
                }
                return all.toString();
              }
            });
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    for (String payload : List.of("a", "b", "c", "d", "e")) {
      scene.client().client().resume(SampleWorkflow.HOOK, token, payload);
    }
    assertThat(scene.result(run)).isEqualTo("abcde");
    assertThat(scene.storage().hookByToken(token)).isEmpty();
  }

  @Test
  @Rule("EN-4")
  default void aHookIsReadInTheBranchesOfItsOpener(WorldScene scene) {
    String token = scene.name("token");
    Run<String> run =
        scene.started(
            "races-for-a-message",
            (ctx, in) -> {
              try (Hook<String> hook = ctx.hook(SampleWorkflow.HOOK, token)) {
                return ctx.any(
                    List.<BranchBody<String>>of(
                        c -> hook.await(),
                        c -> {
                          c.sleep(Duration.ofDays(365));
                          return "nothing";
                        }));
              }
            });
    scene.awaitEvent(run, EventType.WAIT_CREATED);
    scene.client().client().resume(SampleWorkflow.HOOK, token, "first");
    assertThat(scene.result(run)).isEqualTo("first");
  }

  @Test
  @Rule("EN-4")
  default void aHookEndsWithTheBranchThatOpenedIt(WorldScene scene) {
    String token = scene.name("token");
    Run<String> run =
        scene.started(
            "opens-in-a-branch",
            (ctx, in) -> {
              for (int i = 0; i < 3; i++) {
                String unused =
                    ctx.any(
                        List.<BranchBody<String>>of(
                            c -> c.hook(SampleWorkflow.HOOK, token).await(),
                            c -> c.step("quicker", String.class, s -> in)));
              }
              ctx.sleep(Duration.ofDays(365));
              return in;
            });
    scene.awaitEvent(run, EventType.WAIT_CREATED);
    assertThat(scene.types(run)).doesNotContain(EventType.HOOK_CONFLICT);
    assertThat(scene.storage().hookByToken(token)).isEmpty();
    assertThat(run.wakeUp()).isEqualTo(1);
    assertThat(scene.result(run)).isEqualTo("in");
  }

  @Test
  @Rule("EN-4")
  default void nullIsAMessageAndNotNothing(WorldScene scene) {
    HookType<Void> bell = HookType.of("bell", Void.class);
    String token = scene.name("token");
    Run<String> run =
        scene.started(
            "bell",
            (ctx, in) -> {
              try (Hook<Void> hook = ctx.hook(bell, token)) {
                return hook.await(Duration.ofDays(365)).isPresent() + " " + hook.poll().isPresent();
              }
            });
    scene.awaitEvent(run, EventType.WAIT_CREATED);
    scene.client().client().resume(bell, token, null);
    assertThat(scene.result(run)).isEqualTo("true false");
  }

  @Test
  @Rule("EN-13")
  default void aMessageThatDoesNotFitIsRefusedToTheCodeAndTheNextIsRead(WorldScene scene) {
    HookType<Integer> number = HookType.of("number", Integer.class);
    HookType<String> word = HookType.of("word", String.class);
    String token = scene.name("token");
    Run<String> run =
        scene.started(
            "reads-what-does-not-fit",
            (ctx, in) -> {
              try (Hook<Integer> hook = ctx.hook(number, token)) {
                String caught = "";
                for (int i = 0; i < 2; i++) {
                  try {
                    return caught + hook.await();
                  } catch (WorldException e) {
                    caught = e.code().name() + " then ";
                  }
                }
                return caught;
              }
            });
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    scene.client().client().resume(word, token, "no number");
    scene.client().client().resume(number, token, 7);
    assertThat(scene.result(run)).isEqualTo("SERIALIZATION then 7");
  }

  @Test
  @Rule("EN-13")
  default void noBodyChangesWhatTheWorkflowAndTheNextAttemptHave(WorldScene scene) {
    StepType<List<String>, Integer> grow =
        StepType.of("grow", new ValueType<List<String>>() {}, ValueType.of(Integer.class));
    WorkflowType<String, String> type = scene.type("argument");
    scene.peer(
        w ->
            w.register(
                    type,
                    (ctx, in) -> {
                      List<String> mine = new ArrayList<>(List.of("a"));
                      return ctx.step(grow, mine) + " " + mine;
                    })
                .register(
                    grow,
                    (s, given) -> {
                      given.add("b");
                      if (s.attempt() < 2) {
                        throw new IllegalStateException("once more");
                      }
                      return given.size();
                    }));
    assertThat(scene.result(scene.start(type, "in"))).isEqualTo("2 [a]");
  }
}
