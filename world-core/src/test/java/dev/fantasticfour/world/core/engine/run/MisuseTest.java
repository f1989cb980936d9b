package dev.fantasticfour.world.core.engine.run;

import static dev.fantasticfour.world.api.workflow.AtOnce.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The context used where it must not be, or with values that no store takes. */
class MisuseTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);

  private final AtomicReference<WorkflowContext> leaked = new AtomicReference<>();

  /** Runs code that ends at once, and returns what its context threw within. */
  private static Throwable thrownIn(Workflow<String, String> code) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try {
                return code.run(ctx, in);
              } catch (RuntimeException e) {
                thrown.set(e);
                return "caught";
              }
            })) {
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
    }
    return thrown.get();
  }

  @Test
  void anotherThreadIsRefused() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              leaked.set(ctx);
              ctx.sleep(Duration.ofHours(1));
              return in;
            })) {
      assertThatThrownBy(() -> leaked.get().step("x", String.class, s -> "x"))
          .isInstanceOf(ContextMisuseException.class)
          .hasMessageContaining("another thread")
          .hasMessageContaining(rig.stage().run().value());
    }
  }

  @Test
  void aStepBodyIsRefused() {
    try (Rig rig =
        new Rig((ctx, in) -> ctx.step("outer", String.class, s -> ctx.uuid().toString()))) {
      assertThatThrownBy(() -> rig.body("outer").code().run(null))
          .isInstanceOf(ContextMisuseException.class)
          .hasMessageContaining("inside a step use its StepContext");
    }
  }

  @Test
  void aRunThatHasEndedIsRefused() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              leaked.set(ctx);
              return in;
            })) {
      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
      assertThatThrownBy(() -> leaked.get().now()).isInstanceOf(ContextMisuseException.class);
    }
  }

  @Test
  void theContextOfTheParentIsRefusedInABranch() {
    Throwable thrown =
        thrownIn((ctx, in) -> ctx.<String>all(List.of(c -> ctx.uuid().toString())).getFirst());

    assertThat(thrown)
        .isInstanceOf(ContextMisuseException.class)
        .hasMessageContaining("inside a branch the context it is given");
  }

  @Test
  void noBlockIsOpenedInABranchWithTheContextOfTheParent() {
    List<Consumer<WorkflowContext>> blocks =
        List.of(
            ctx -> ctx.scope(o -> o.timeout(Duration.ofHours(1))).join(),
            ctx -> ctx.saga().commit(),
            ctx -> ctx.nonCancellable(c -> "never"),
            ctx -> ctx.map(List.of("item"), atOnce(1), (c, item) -> item),
            ctx -> ctx.mapOutcomes(List.of("item"), atOnce(1), (c, item) -> item));
    for (Consumer<WorkflowContext> block : blocks) {
      Throwable thrown =
          thrownIn(
              (ctx, in) ->
                  ctx.<String>all(
                          List.of(
                              c -> {
                                block.accept(ctx);
                                return "opened";
                              }))
                      .getFirst());

      assertThat(thrown).isInstanceOf(ContextMisuseException.class);
    }
  }

  @Test
  void aSagaIsRefusedInABody() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Saga saga = ctx.saga();
              return ctx.step(
                  "commit",
                  String.class,
                  s -> {
                    saga.commit();
                    return "committed";
                  });
            })) {
      assertThatThrownBy(() -> rig.body("commit").code().run(null))
          .isInstanceOf(ContextMisuseException.class);
    }
  }

  @Test
  void theHookOfASiblingIsRefused() {
    AtomicReference<Hook<String>> shared = new AtomicReference<>();
    Throwable thrown =
        thrownIn(
            (ctx, in) ->
                ctx.<String>all(
                        List.of(
                            c -> {
                              shared.set(c.hook(HOOK, "token"));
                              return "opened";
                            },
                            c -> {
                              String unused = c.hook(HOOK, "other").token();
                              return shared.get().await();
                            }))
                    .getFirst());

    assertThat(thrown)
        .isInstanceOf(ContextMisuseException.class)
        .hasMessageContaining("belongs to branch '/0' and was used in branch '/1'")
        .hasMessageNotContaining("token");
  }

  @Test
  void theRandomNumbersOfARunAreRefusedInABody() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              RandomGenerator random = ctx.random();
              return ctx.step("draw", String.class, s -> String.valueOf(random.nextInt(6)));
            })) {
      assertThatThrownBy(() -> rig.body("draw").code().run(null))
          .isInstanceOf(ContextMisuseException.class);
    }
  }

  @Test
  void aHookIsRefusedInABody() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(HOOK, "token");
              return ctx.step("look", String.class, s -> hook.poll().orElse("nothing"));
            })) {
      assertThatThrownBy(() -> rig.body("look").code().run(null))
          .isInstanceOf(ContextMisuseException.class)
          .hasMessageContaining("hook 'hook'");
    }
  }

  @Test
  void whetherABranchIsDoneIsNotAskedInABody() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              try (Scope scope = ctx.scope()) {
                Branch<String> branch = scope.fork(c -> "done");
                return ctx.step("look", String.class, s -> String.valueOf(branch.isDone()));
              }
            })) {
      assertThatThrownBy(() -> rig.body("look").code().run(null))
          .isInstanceOf(ContextMisuseException.class);
    }
  }

  @Test
  void aBodyThatMisusesAContextIsNotTriedAgain() {
    try (Rig rig =
        new Rig((ctx, in) -> ctx.step("outer", String.class, s -> ctx.uuid().toString()))) {
      rig.fail("outer", new ContextMisuseException("used in a step"));

      assertThat(rig.words()).contains("step_failed").doesNotContain("step_retrying");
    }
  }

  @Test
  void aClosedScopeForksNothing() {
    Throwable thrown =
        thrownIn(
            (ctx, in) -> {
              Scope scope = ctx.scope();
              scope.close();
              return scope.fork(c -> "late").join();
            });

    assertThat(thrown)
        .isInstanceOf(ContextMisuseException.class)
        .hasMessageContaining("the scope is closed");
  }

  @Test
  void aClosedHookIsNotAwaitedForEver() {
    Throwable thrown =
        thrownIn(
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(HOOK, "token");
              hook.close();
              return hook.await();
            });

    assertThat(thrown).isInstanceOf(ContextMisuseException.class).hasMessageContaining("closed");
  }

  @Test
  void aTimeoutBeyondTheEndOfTimeLeavesNoGapInTheHistory() throws Exception {
    Workflow<String, String> code =
        (ctx, in) -> {
          Hook<String> hook = ctx.hook(HOOK, "token");
          try {
            return hook.await(Duration.ofSeconds(Long.MAX_VALUE)).orElse("nothing");
          } catch (WorldException e) {
            ctx.sleep(Duration.ofMinutes(1));
            return e.code().name();
          }
        };
    try (Rig rig = new Rig(code)) {
      rig.evict();
      rig.load(code);
      rig.ring();

      assertThat(rig.view().output().text()).contains(ErrorCode.INVALID_ARGUMENT.name());
    }
  }

  @Test
  void aTimeThatNoStoreKeepsIsRefusedAtTheCall() {
    Throwable thrown =
        thrownIn(
            (ctx, in) -> {
              ctx.sleepUntil(Instant.MAX);
              return in;
            });

    assertThat(thrown).isInstanceOf(WorldException.class);
  }

  @Test
  void aSleepOverTenThousandYearsIsRefusedAtTheCall() {
    Throwable thrown =
        thrownIn(
            (ctx, in) -> {
              ctx.sleep(Duration.ofDays(10_000 * 366L));
              return in;
            });

    assertThat(thrown).isInstanceOf(WorldException.class);
  }

  @Test
  void aTimeLongPastIsOverAtOnce() {
    try (Rig rig =
        new Rig(
            (ctx, in) -> {
              ctx.sleepUntil(Instant.MIN);
              return in;
            })) {
      rig.ring();

      assertThat(rig.view().status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void anEmptyStepNameIsRefusedAtTheCall() {
    assertThat(thrownIn((ctx, in) -> ctx.step("", String.class, s -> "x")))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("step name");
  }

  @Test
  void aStepNameWithHalfACharacterIsRefusedAtTheCall() {
    assertThat(thrownIn((ctx, in) -> ctx.step("a\uD800", String.class, s -> "x")))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("step name");
  }

  @Test
  void aTokenWithHalfACharacterIsRefusedAtTheCall() {
    assertThat(thrownIn((ctx, in) -> ctx.hook(HOOK, "a\uD800").token()))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("token");
  }
}
