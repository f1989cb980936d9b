package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hooks and branches: who may read one, and how long it lives. */
class BranchHooksTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);

  private static String orTimeout(WorkflowContext ctx, Hook<String> hook) {
    return ctx.any(
        List.of(
            c -> hook.await(),
            c -> {
              c.sleep(Duration.ofMinutes(1));
              return "timeout";
            }));
  }

  private static List<String> tokensOf(Rig rig) {
    return rig
        .stage()
        .storage()
        .hooks(rig.stage().run(), PageRequest.oldestFirst())
        .items()
        .stream()
        .map(HookRecord::token)
        .toList();
  }

  private static String output(Rig rig) {
    assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
    return rig.view().output().text();
  }

  @Test
  void aMessageWinsTheRaceAgainstATimer() {
    try (Rig rig = new Rig((ctx, in) -> orTimeout(ctx, ctx.hook(HOOK, "token")))) {
      rig.resume("token", "hello");

      assertThat(output(rig)).contains("hello");
    }
  }

  @Test
  void aMessageThatCameAfterTheTimerIsThereForTheNext() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(HOOK, "token");
              return orTimeout(ctx, hook) + " " + orTimeout(ctx, hook);
            })) {
      rig.ring();
      rig.resume("token", "hello");

      assertThat(output(rig)).contains("timeout hello");
    }
  }

  @Test
  void aRaceForAMessageIsToldTheSameAgain() throws Exception {
    Workflow<String, String> code =
        (ctx, in) -> {
          Hook<String> hook = ctx.hook(HOOK, "token");
          String first = orTimeout(ctx, hook);
          ctx.sleep(Duration.ofHours(1));
          return first;
        };
    try (Rig rig = new Rig(code)) {
      rig.resume("token", "hello");
      rig.evict();
      rig.load(code);
      rig.ring();

      assertThat(output(rig)).contains("hello");
    }
  }

  @Test
  void whatABranchThatLostHadOpenedIsClosed() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              String first =
                  ctx.any(
                      List.of(
                          c -> c.hook(HOOK, "token").await(),
                          c -> c.step("s", String.class, s -> "")));
              ctx.sleep(Duration.ofHours(1));
              return first;
            })) {
      rig.finish("s", "quicker");

      assertThat(tokensOf(rig)).isEmpty();
    }
  }

  @Test
  void theTokenOfABranchThatLostIsFreeForTheSameRun() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              for (int round = 0; round < 2; round++) {
                String unused =
                    ctx.any(
                        List.of(
                            c -> c.hook(HOOK, "token").await(),
                            c -> c.step("s", String.class, s -> "")));
              }
              return ctx.hook(HOOK, "token").await();
            })) {
      rig.finish("s", "quicker");
      rig.finish("s", "quicker");
      rig.resume("token", "at last");

      assertThat(output(rig)).contains("at last");
    }
  }

  @Test
  void whatABranchThatEndedHadOpenedIsClosed() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              String token =
                  ctx.<String>all(List.of(c -> c.hook(HOOK, "token").token())).getFirst();
              ctx.sleep(Duration.ofHours(1));
              return token;
            })) {
      assertThat(tokensOf(rig)).isEmpty();
    }
  }

  @Test
  void aHookOfTheParentOutlivesItsBranches() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(HOOK, "token");
              String first = ctx.<String>all(List.of(c -> hook.await())).getFirst();
              return first + hook.await();
            })) {
      rig.resume("token", "a");
      rig.resume("token", "b");

      assertThat(output(rig)).contains("ab");
    }
  }

  @Test
  void whoAwaitsAHookThatIsClosedMeanwhileIsTold() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(HOOK, "token");
              try (Scope scope = ctx.scope()) {
                var branch = scope.fork(c -> hook.await(Duration.ofHours(1)).orElse("nothing"));
                ctx.sleep(Duration.ZERO);
                hook.close();
                return branch.join();
              } catch (ContextMisuseException e) {
                return e.getMessage();
              }
            })) {
      rig.ring();

      assertThat(output(rig)).contains("was closed while another branch awaited it");
    }
  }

  @Test
  void aSecondReaderIsToldAtOnceAndLeavesNothingBehind() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(HOOK, "token");
              return ctx.any(
                  List.of(
                      c -> hook.await(), c -> hook.await(Duration.ofHours(1)).orElse("nothing")));
            })) {
      assertThat(rig.view().status()).isEqualTo(RunStatus.FAILED);
      assertThat(rig.words()).doesNotContain("wait_created");
    }
  }
}
