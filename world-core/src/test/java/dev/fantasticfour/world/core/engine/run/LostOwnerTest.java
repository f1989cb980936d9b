package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What must hold at the worst moment to lose an owner, or to refuse its batch. */
class LostOwnerTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();

  /** When the run is due after its first batch was committed and nobody heard of it. */
  private static @Nullable Instant dueAfterTheFirstBatch(Workflow<String, String> code) {
    return dueAfterTheFirstBatch(new Stage(1), code);
  }

  private static @Nullable Instant dueAfterTheFirstBatch(
      Stage stage, Workflow<String, String> code) {
    WorkerId worker = stage.worker();
    RunRecord claimed =
        stage
            .storage()
            .claim(worker, Work.ofAll(Stage.TASK_QUEUE), List.of(stage.run()))
            .getFirst()
            .run();
    ScriptedHost host = new ScriptedHost(stage, worker, Duration.ZERO);
    RunExecution execution =
        new RunExecution(
            host::of,
            stage.run(),
            claimed.epoch(),
            new Definition<>(Interpreter.TYPE, code, Map.of()),
            new JacksonPayloadCodec());
    execution.begin(stage.log());
    host.turn();
    var unheard = stage.append(stage.require(host.sent(), "nothing was sent").batch());
    execution.detach();
    return stage.storage().run(stage.run()).orElseThrow().dueAt();
  }

  @Test
  void aQueuedStepWhoseMessageWasNeverSentIsMissed() {
    Stage stage = new Stage(1);
    assertThat(dueAfterTheFirstBatch(stage, (ctx, in) -> ctx.step(QUEUED, in))).isNull();
    RunRecord run = stage.storage().run(stage.run()).orElseThrow();
    stage.storage().retire(new WorkerId(Objects.requireNonNull(run.owner())));

    assertThat(
            stage
                .storage()
                .unwatched(stage.worker(), new Work("default", Set.of(run.workflow())), 10))
        .extracting(RunCustody.DueRun::run)
        .containsExactly(stage.run());
  }

  @Test
  void codeThatHasNotHeardThatItsHookIsRegisteredIsDue() {
    assertThat(dueAfterTheFirstBatch((ctx, in) -> ctx.hook(HOOK, "token").token())).isNotNull();
  }

  @Test
  void codeThatHasNotHeardThatItsTokenIsTakenIsDue() {
    assertThat(dueAfterTheFirstBatch((ctx, in) -> ctx.hook(HOOK, Stage.TAKEN).token())).isNotNull();
  }

  @Test
  void aBodyThatRunsIsNotStartedAgainWhenTheRunIsBuiltUpAgain() {
    Workflow<String, String> code =
        (ctx, in) ->
            ctx.<String>all(
                    List.of(
                        c -> {
                          String payload = c.hook(HOOK, "token").await();
                          return payload + c.step("step", String.class, s -> "unused");
                        },
                        c -> {
                          c.sleep(Duration.ofMinutes(1));
                          return "slept";
                        }))
                .toString();
    try (Rig rig = new Rig(code)) {
      rig.resume("token", "payload");
      ScriptedHost.Body running = rig.body("step");
      WaitRecord wait = rig.stage().storage().waits(rig.stage().run()).getFirst();
      var unheard = rig.stage().append(Authority.ANYONE, wait.id(), new Fact.WaitCompleted());
      rig.ring();

      assertThat(rig.host().bodies()).containsExactly(running);
      rig.finish("step", "done");
      assertThat(rig.view().output().text()).contains("payloaddone", "slept");
    }
  }
}
