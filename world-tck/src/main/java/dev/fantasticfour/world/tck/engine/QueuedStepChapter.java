package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.AttemptEndedException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Queued steps that say how far they have come, and the limits that they have. */
public interface QueuedStepChapter {

  private static StepType<String, String> step(WorldScene scene, StepOptions options) {
    return StepType.of(scene.name("queued"), String.class, String.class).with(options).queued();
  }

  private static Workflow<String, String> asking(StepType<String, String> step) {
    return (ctx, in) -> {
      try {
        return ctx.step(step, in);
      } catch (StepFailedException e) {
        return e.reason().name();
      }
    };
  }

  private static StepRecord record(WorldScene scene, Run<String> run) {
    return scene.storage().steps(new RunId(run.id()), PageRequest.oldestFirst()).items().getFirst();
  }

  @Test
  @Rule("EN-21")
  default void theNextAttemptKnowsHowFarTheOneBeforeHadComeInWhateverProcess(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("progress");
    StepType<String, String> step =
        step(
            scene,
            StepOptions.DEFAULT.retry(
                RetryPolicy.forever().pauses(Duration.ofMillis(50), Duration.ofMillis(50))));
    scene.peer(type, asking(step));
    Peer first =
        scene.peer(
            w ->
                w.register(
                    step,
                    (s, in) -> {
                      s.heartbeat(s.progress(Integer.class).orElse(40) + 1);
                      throw new IllegalStateException("it gets no further here");
                    }));
    Run<String> run = scene.start(type, "in");
    scene.awaitEvent(run, EventType.STEP_RETRYING);
    first.world().close(Duration.ofSeconds(10));
    scene.peer(w -> w.register(step, (s, in) -> in + s.progress(Integer.class).orElse(0)));
    String result = scene.result(run);
    assertThat(Integer.parseInt(result.substring(2))).isGreaterThan(40);
  }

  @Test
  @Rule("EN-21")
  default void aBodyThatBeatsLearnsThatItsRunIsOver(WorldScene scene) throws Exception {
    WorkflowType<String, String> type = scene.type("told");
    StepType<String, String> step = step(scene, StepOptions.DEFAULT);
    CompletableFuture<AttemptEndedException.Reason> told = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    scene.peer(type, asking(step));
    scene.peer(
        w ->
            w.register(
                step,
                (s, in) -> {
                  try {
                    while (true) {
                      s.heartbeat(in);
                      begun.countDown();
                      Thread.onSpinWait();
                    }
                  } catch (AttemptEndedException e) {
                    told.complete(e.reason());
                    throw e;
                  }
                }));
    Run<String> run = scene.start(type, "in");
    begun.await();
    assertThat(run.terminate("enough")).isTrue();
    assertThat(told.get(scene.patience().toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(AttemptEndedException.Reason.UNWANTED);
  }

  @Test
  @Rule("EN-22")
  default void aQueuedStepThatNobodyTakesFailsWhenItsTimeIsOver(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("nobody");
    StepType<String, String> step =
        step(scene, StepOptions.DEFAULT.overallTimeout(Duration.ofMillis(100)));
    scene.peer(type, asking(step));
    Run<String> run = scene.start(type, "in");
    assertThat(scene.result(run)).isEqualTo("TIMED_OUT");
    assertThat(record(scene, run).errorCode()).isEqualTo("TIMED_OUT");
    assertThat(record(scene, run).attempt()).isZero();
  }

  @Test
  @Rule("EN-22")
  default void anAttemptThatTakesTooLongIsAFailedOne(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("slow");
    StepType<String, String> step =
        step(scene, StepOptions.DEFAULT.attempts(1).timeout(Duration.ofMillis(50)));
    scene.peer(w -> w.register(type, asking(step)).register(step, (s, in) -> hanging()));
    Run<String> run = scene.start(type, "in");
    assertThat(scene.result(run)).isEqualTo("TIMED_OUT");
    assertThat(record(scene, run).failedAttempts()).isEqualTo(1);
    assertThat(record(scene, run).lostAttempts()).isZero();
  }

  @Test
  @Rule("EN-22")
  default void anAttemptThatIsSilentIsALostOneOfWhichThereMayBeSoMany(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("silent");
    StepType<String, String> step =
        step(
            scene,
            StepOptions.DEFAULT
                .attempts(1)
                .lostAttempts(2)
                .heartbeatTimeout(Duration.ofMillis(50)));
    scene.peer(w -> w.register(type, asking(step)).register(step, (s, in) -> hanging()));
    Run<String> run = scene.start(type, "in");
    assertThat(scene.result(run)).isEqualTo("LOST");
    assertThat(record(scene, run).lostAttempts()).isEqualTo(2);
    assertThat(record(scene, run).attempt()).isEqualTo(3);
  }

  private static String hanging() throws InterruptedException {
    new CountDownLatch(1).await();
    return "never";
  }
}
