package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.FaultLine;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A port cannot be reached for a while, by one process of the world. */
public interface PortsAwayChapter {

  /** Far less than until somebody would look at the run for another reason. */
  Duration SOON = Duration.ofSeconds(30);

  private static Run<String> playWithout(WorldScene scene, Class<?> port, boolean comesBack) {
    SampleWorkflow sample = new SampleWorkflow(scene);
    FaultLine line = FaultLine.quiet();
    scene.peer(line, sample::register);
    Run<String> run = scene.start(sample.type(), "in");
    scene.awaitEvent(run, EventType.RUN_STARTED);
    line.away(port);
    if (comesBack) {
      scene.stage().always("the run has not ended", () -> !scene.view(run).status().isFinal());
      line.back(port);
    }
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    scene.client().client().resume(SampleWorkflow.HOOK, sample.token(), "payload");
    assertThat(scene.result(run)).isEqualTo(SampleWorkflow.RESULT);
    line.back(port);
    return run;
  }

  @Test
  @Rule({"EN-11", "L4"})
  default void withoutTheQueueEveryRunCompletesAllTheSame(WorldScene scene) {
    FaultLine line = FaultLine.quiet();
    line.away(Queue.class);
    var type = scene.type("quiet");
    scene.peer(
        line,
        w ->
            w.register(
                type,
                (ctx, in) -> {
                  ctx.sleep(Duration.ofMillis(1));
                  return ctx.step("step", String.class, s -> in + "1");
                }));
    assertThat(scene.result(scene.start(type, "in"))).isEqualTo("in1");
    line.back(Queue.class);
  }

  @Test
  @Rule({"EN-11", "L4"})
  default void aQueueThatGoesAwayAndComesBackChangesNoResult(WorldScene scene) {
    playWithout(scene, Queue.class, true);
  }

  @Test
  @Rule("EN-11")
  default void aStorageThatGoesAwayAndComesBackLosesNothing(WorldScene scene) {
    playWithout(scene, Storage.class, true);
  }

  @Test
  @Rule("EN-11")
  default void streamsThatGoAwayAndComeBackChangeNoResult(WorldScene scene) {
    playWithout(scene, Streamer.class, true);
  }

  @Test
  @Rule({"EN-11", "L4"})
  default void aProcessThatStartsWithoutTheQueueTakesQueuedStepsWhenItIsBack(WorldScene scene) {
    SampleWorkflow sample = new SampleWorkflow(scene);
    FaultLine line = FaultLine.quiet();
    line.away(Queue.class);
    scene.peer(line, sample::register);
    Run<String> run = scene.start(sample.type(), "in");
    scene.awaitEvent(run, EventType.STEP_CREATED);
    line.back(Queue.class);
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    scene.client().client().resume(SampleWorkflow.HOOK, sample.token(), "payload");
    assertThat(scene.result(run)).isEqualTo(SampleWorkflow.RESULT);
  }

  @Test
  @Rule({"EN-18", "L4"})
  default void aQueuedStepWhoseMessageIsLostIsRunAllTheSame(WorldScene scene) {
    StepType<String, String> step =
        StepType.of(scene.name("lost"), String.class, String.class).queued();
    WorkflowType<String, String> type = scene.type("loses");
    AtomicInteger lost = new AtomicInteger();
    // Whoever takes a message and does nothing about it loses it.
    Queue.Subscription thief =
        scene.takeSteps(
            delivery -> {
              lost.incrementAndGet();
              return Queue.Answer.DONE;
            });
    scene.peer(type, (ctx, in) -> ctx.step(step, in));
    Run<String> run = scene.start(type, "in");
    scene.stage().await("a message is lost", () -> lost.get() > 0);
    thief.close(Duration.ofSeconds(1));
    scene.peer(w -> w.register(step, (s, in) -> in + "done"));
    assertThat(run.result(SOON)).isEqualTo("indone");
  }

  /** Has a step that may fail only once meet an outage, and be begun twice. */
  private static void meetAnOutage(WorldScene scene, boolean isQueued) {
    AtomicInteger begun = new AtomicInteger();
    StepType<String, String> inline =
        StepType.of(scene.name("outage"), String.class, String.class).attempts(1);
    StepType<String, String> step = isQueued ? inline.queued() : inline;
    WorkflowType<String, String> type = scene.type("outage");
    scene.peer(
        w ->
            w.register(type, (ctx, in) -> ctx.step(step, in))
                .register(
                    step,
                    (s, in) -> {
                      if (begun.incrementAndGet() == 1) {
                        throw new WorldException(ErrorCode.UNAVAILABLE, "a client's store is away");
                      }
                      return in + s.attempt();
                    }));
    Run<String> run = scene.start(type, "in");
    assertThat(scene.result(run)).isEqualTo("in1");
    assertThat(begun).hasValue(2);
    assertThat(scene.types(run)).doesNotContain(EventType.STEP_RETRYING);
  }

  @Test
  @Rule("EN-17")
  default void aStepThatMeetsAnOutageLosesNoAttempt(WorldScene scene) {
    meetAnOutage(scene, false);
  }

  @Test
  @Rule("EN-17")
  default void aQueuedStepThatMeetsAnOutageLosesNoAttempt(WorldScene scene) {
    meetAnOutage(scene, true);
  }
}
