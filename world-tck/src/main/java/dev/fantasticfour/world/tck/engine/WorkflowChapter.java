package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.RunKeyConflictException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Workflows on one process. */
public interface WorkflowChapter {

  @Test
  @Rule({"EN-1", "L7"})
  default void everyStepRunsOnceAndLeavesOneEvent(WorldScene scene) {
    AtomicInteger bodies = new AtomicInteger();
    Run<String> run =
        scene.started(
            "steps",
            (ctx, in) -> {
              String all = in;
              for (int i = 0; i < 5; i++) {
                String before = all;
                all =
                    ctx.step(
                        "step",
                        String.class,
                        s -> {
                          bodies.incrementAndGet();
                          return before + "+";
                        });
              }
              return all;
            });
    assertThat(scene.result(run)).isEqualTo("in+++++");
    assertThat(bodies).hasValue(5);
    assertThat(scene.types(run)).filteredOn(EventType.STEP_COMPLETED::equals).hasSize(5);
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  @Rule("EN-1")
  default void branchesRunAtOnceAndAreCollectedInOrder(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("branches");
    scene.peer(
        type,
        (ctx, in) -> {
          List<BranchBody<String>> branches = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            int number = i;
            branches.add(
                c -> {
                  c.sleep(Duration.ofMillis(10 - number));
                  return c.step("step", String.class, s -> in + number);
                });
          }
          return String.join(",", ctx.<String>all(branches));
        });
    assertThat(scene.result(scene.start(type, ""))).isEqualTo("0,1,2,3,4,5,6,7,8,9");
  }

  @Test
  @Rule("EN-2")
  default void anAttemptThatFailsIsTriedAgain(WorldScene scene) {
    Run<String> run =
        scene.started(
            "retries",
            (ctx, in) ->
                ctx.step(
                    "step",
                    String.class,
                    o -> o.retry(SampleWorkflow.SOON),
                    s -> {
                      if (s.attempt() < 3) {
                        throw new IllegalStateException("attempt " + s.attempt());
                      }
                      return in + s.attempt();
                    }));
    assertThat(scene.result(run)).isEqualTo("in3");
    assertThat(scene.types(run)).filteredOn(EventType.STEP_RETRYING::equals).hasSize(2);
  }

  @Test
  @Rule("EN-2")
  default void whatFailsForGoodFailsTheRun(WorldScene scene) {
    Run<String> run =
        scene.started(
            "fails",
            (ctx, in) ->
                ctx.step(
                    "step",
                    String.class,
                    s -> {
                      throw new FatalException("never");
                    }));
    assertThat(catchThrowable(() -> scene.result(run))).isInstanceOf(RunFailedException.class);
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(scene.types(run)).endsWith(EventType.STEP_FAILED, EventType.RUN_FAILED);
  }

  @Test
  @Rule("EN-3")
  default void aSleepEndsNoSoonerThanItWasMeantTo(WorldScene scene) {
    Run<String> run =
        scene.started(
            "sleeps",
            (ctx, in) -> {
              ctx.sleep(Duration.ofMillis(200));
              return in;
            });
    assertThat(scene.result(run)).isEqualTo("in");
    Event started = only(scene, run, EventType.RUN_STARTED);
    Event created = only(scene, run, EventType.WAIT_CREATED);
    Event completed = only(scene, run, EventType.WAIT_COMPLETED);
    Instant wanted = ((Fact.WaitCreated) created.fact()).resumeAt();
    assertThat(wanted).isAfterOrEqualTo(started.occurredAt().plusMillis(200));
    assertThat(completed.occurredAt()).isAfterOrEqualTo(wanted);
  }

  @Test
  @Rule("EN-3")
  default void aSleepIsCountedFromTheCallAndNotFromTheLastEvent(WorldScene scene) {
    Run<String> run =
        scene.started(
            "computes",
            (ctx, in) -> {
              Instant enough = Instant.now().plusMillis(300);
              while (Instant.now().isBefore(enough)) {
                Thread.onSpinWait();
              }
              ctx.sleep(Duration.ofMillis(200));
              return in;
            });
    assertThat(scene.result(run)).isEqualTo("in");
    Event started = only(scene, run, EventType.RUN_STARTED);
    Event created = only(scene, run, EventType.WAIT_CREATED);
    assertThat(((Fact.WaitCreated) created.fact()).resumeAt())
        .isAfterOrEqualTo(started.occurredAt().plusMillis(490));
  }

  @Test
  @Rule("EN-3")
  default void aSleepCountsFromTheStartOfARunThatHadToWaitForAWorker(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("waits-for-a-worker");
    Run<String> run = scene.start(type, "in");
    scene
        .stage()
        .always("nobody has started it", () -> !scene.types(run).contains(EventType.RUN_STARTED));
    scene.peer(
        type,
        (ctx, in) -> {
          ctx.sleep(Duration.ofMillis(100));
          return in;
        });
    assertThat(scene.result(run)).isEqualTo("in");
    assertThat(((Fact.WaitCreated) only(scene, run, EventType.WAIT_CREATED).fact()).resumeAt())
        .isAfterOrEqualTo(only(scene, run, EventType.RUN_STARTED).occurredAt().plusMillis(100));
  }

  private static Event only(WorldScene scene, Run<String> run, EventType type) {
    List<Event> found = scene.log(run).stream().filter(e -> e.type() == type).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  @Rule("EN-3")
  default void aSleeperIsWokenUpBeforeItsTime(WorldScene scene) {
    Run<String> run =
        scene.started(
            "sleeps-long",
            (ctx, in) -> {
              ctx.sleep(Duration.ofDays(365));
              return in;
            });
    scene.awaitEvent(run, EventType.WAIT_CREATED);
    assertThat(run.wakeUp()).isEqualTo(1);
    assertThat(scene.result(run)).isEqualTo("in");
  }

  @Test
  @Rule("EN-5")
  default void aCancelledRunMayCleanUp(WorldScene scene) {
    AtomicInteger cleaned = new AtomicInteger();
    Run<String> run =
        scene.started(
            "cancels",
            (ctx, in) -> {
              try {
                ctx.sleep(Duration.ofDays(365));
              } catch (CancelledException e) {
                String unused =
                    ctx.step("clean up", String.class, s -> "" + cleaned.incrementAndGet());
                throw e;
              }
              return in;
            });
    scene.awaitEvent(run, EventType.WAIT_CREATED);
    assertThat(run.cancel("enough")).isEqualTo(Cancellation.REQUESTED);
    assertThat(catchThrowable(() -> scene.result(run))).isInstanceOf(RunCancelledException.class);
    assertThat(cleaned).hasValue(1);
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(run.cancel("again")).isEqualTo(Cancellation.ENDED);
  }

  @Test
  @Rule("EN-5")
  default void aRunThatNobodyHasBegunIsCancelledAtOnce(WorldScene scene) {
    Run<String> run = scene.start(scene.type("known-to-nobody"), "in");
    assertThat(run.cancel("enough")).isEqualTo(Cancellation.DONE);
    assertThat(catchThrowable(() -> scene.result(run))).isInstanceOf(RunCancelledException.class);
    assertThat(run.cancel("again")).isEqualTo(Cancellation.ENDED);
  }

  @Test
  @Rule("EN-5")
  default void whoAsksTwiceIsToldThatTheCodeKnows(WorldScene scene) {
    Run<String> run =
        scene.started(
            "swallows",
            (ctx, in) -> {
              try {
                ctx.sleep(Duration.ofDays(365));
              } catch (CancelledException e) {
                ctx.sleep(Duration.ofDays(365));
              }
              return in;
            });
    scene.awaitEvent(run, EventType.WAIT_CREATED);
    assertThat(run.cancel("enough")).isEqualTo(Cancellation.REQUESTED);
    scene.awaitEvent(run, EventType.WAIT_CANCELLED);
    assertThat(run.cancel("again")).isEqualTo(Cancellation.REPEATED);
    assertThat(run.terminate("enough")).isTrue();
  }

  @Test
  @Rule("EN-6")
  default void oneKeyStartsOneRun(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("keys");
    scene.peer(type, (ctx, in) -> in);
    UnaryOperator<StartOptions> keyed = o -> o.runKey("the only one");
    Run<String> first = scene.start(scene.client(), type, "in", keyed);
    Run<String> second = scene.start(scene.client(), type, "in", keyed);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(scene.result(second)).isEqualTo("in");
  }

  @Test
  @Rule({"EN-6", "EN-15"})
  default void oneInputInTwoSpellingsIsOneUnderAKey(WorldScene scene) {
    WorldClient client = scene.client().client();
    String workflow = scene.name("spellings");
    UnaryOperator<StartOptions> keyed = o -> o.runKey("the only one");
    Run<Payload> first = client.startJson(workflow, "{\"id\": 7, \"lines\": [1.50]}", keyed);
    assertThat(client.startJson(workflow, "{\"lines\":[1.5],\"note\":null,\"id\":7.0}", keyed).id())
        .isEqualTo(first.id());
    assertThatExceptionOfType(RunKeyConflictException.class)
        .isThrownBy(() -> client.startJson(workflow, "{\"id\":8,\"lines\":[1.5]}", keyed))
        .withMessageContaining(first.id());
    assertThat(first.terminate(null)).isTrue();
  }
}
