package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.model.LogLines;
import dev.fantasticfour.world.core.engine.program.OpenHooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be known of the hooks that code in this process has open, and of their messages. */
@Timeout(60)
class OpenHooksTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);

  @Test
  void aHookIsKnownAsLongAsItsCodeListens() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                String unused = hook.await();
              }
              return ctx.step("then", String.class, s -> "unused");
            })) {
      assertThat(rig.host().openHooks().typeOf("token")).contains(HOOK);
      assertThat(rig.host().openHooks().typeOf("other")).isEmpty();

      rig.resume("token", "hello");

      assertThat(rig.host().openHooks().typeOf("token")).isEmpty();
      assertThat(rig.host().openHooks().size()).isZero();
    }
  }

  @Test
  void aHookWhoseCodeWasGivenUpHereIsNotKnownAnyMore() throws Exception {
    Workflow<String, String> code = (ctx, in) -> ctx.hook(HOOK, "token").await();
    try (Rig rig = new Rig(code)) {
      OpenHooks known = rig.host().openHooks();
      rig.evict();
      assertThat(known.typeOf("token")).isEmpty();
      while (known.size() > 0) {
        Thread.onSpinWait();
      }

      rig.load(code);
      assertThat(rig.host().openHooks().typeOf("token")).contains(HOOK);
    }
  }

  @Test
  void aHookIsNotKnownAnyMoreWhenItsCodeWasGivenUpWhileItWaitedForItsBranchesToEnd() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(HOOK, "token");
              Branch<String> unused = ctx.scope().fork(OpenHooksTest::cleansUp);
              return hook.await();
            })) {
      OpenHooks known = rig.host().openHooks();
      rig.resume("token", "go to the end");
      assertThat(known.typeOf("token")).contains(HOOK);

      rig.execution().detach();
      rig.settle();
      while (known.size() > 0) {
        Thread.onSpinWait();
      }
      assertThat(known.typeOf("token")).isEmpty();
    }
  }

  private static String cleansUp(WorkflowContext branch) {
    try {
      branch.sleep(Duration.ofHours(1));
      return "awake";
    } catch (CancelledException e) {
      return branch.step("clean up", String.class, s -> "unused");
    }
  }

  @Test
  void closeSaysHowManyMessagesItDropped() throws Exception {
    List<Integer> counts = new ArrayList<>();
    Workflow<String, String> code =
        (ctx, in) -> {
          Hook<String> hook = ctx.hook(HOOK, "token");
          String first = hook.await();
          ctx.step("meanwhile", String.class, s -> "unused");
          counts.add(hook.unread());
          hook.close();
          counts.add(hook.unread());
          hook.close();
          counts.add(hook.unread());
          return ctx.step("then", String.class, s -> first);
        };
    try (Rig rig = new Rig(code);
        LogLines lines = new LogLines()) {
      rig.resume("token", "one");
      rig.resume("token", "two");
      rig.resume("token", "three");
      rig.finish("meanwhile", "done");
      assertThat(counts).containsExactly(2, 2, 2);
      assertThat(lines.with("hook 'hook'"))
          .singleElement()
          .asString()
          .contains("hook 'hook'", "2 message(s)", rig.stage().run().value())
          .doesNotContain("token");

      rig.execution().detach();
      rig.settle();
      rig.load(code);
      assertThat(counts).containsExactly(2, 2, 2, 2, 2, 2);
      assertThat(lines.with("hook 'hook'")).hasSize(1);
    }
  }

  @Test
  void theEndOfARunSaysWhatItDropped() {
    try (Rig rig =
            new Rig(
                (ctx, in) -> {
                  Hook<String> hook = ctx.hook(HOOK, "token");
                  String first = hook.await();
                  return ctx.step("meanwhile", String.class, s -> first);
                });
        LogLines lines = new LogLines()) {
      rig.resume("token", "one");
      rig.resume("token", "two");
      OpenHooks known = rig.host().openHooks();
      rig.finish("meanwhile", "done");

      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(known.typeOf("token")).isEmpty();
      assertThat(lines.with("hook 'hook'")).singleElement().asString().contains("1 message(s)");
    }
  }

  @Test
  void aMessageThatCameJustBeforeTheEndIsSaidToBeDropped() {
    try (Rig rig =
            new Rig(
                (ctx, in) -> {
                  Hook<String> hook = ctx.hook(HOOK, "token");
                  return hook.await();
                });
        LogLines lines = new LogLines()) {
      rig.resumeByOthers("token", "one", "two");

      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(lines.with("hook 'hook'")).singleElement().asString().contains("just before");
    }
  }
}
