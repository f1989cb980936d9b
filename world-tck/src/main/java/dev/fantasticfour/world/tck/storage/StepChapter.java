package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.closed;
import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.Refusals.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.NotFound.Kind;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.Rule;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of a run that nobody owns: what a foreign runtime may write. */
public interface StepChapter {

  /** The step most tests write about; ids are unique within a run only. */
  String S = "step_1";

  private static StepRecord step(StorageScene scene, RunId run) {
    return scene.storage().step(run, S).orElseThrow();
  }

  @Test
  @Rule("L1")
  default void aCreatedStepIsPending(StorageScene scene) {
    RunId run = scene.running();
    Event event =
        scene
            .accept(
                run, Drafts.of(S, new Fact.StepCreated(new Site("charge", "b/1", 3), Drafts.VALUE)))
            .getFirst();
    StepRecord step = step(scene, run);
    assertThat(event.correlationId()).isEqualTo(S);
    assertThat(step.status()).isEqualTo(StepStatus.PENDING);
    assertThat(step.name()).isEqualTo("charge");
    assertThat(step.branch()).isEqualTo("b/1");
    assertThat(step.attempt()).isZero();
    assertThat(step.input()).isEqualTo(Drafts.VALUE);
    assertThat(step.createdAt()).isEqualTo(event.createdAt());
    assertThat(step.startedAt()).isNull();
  }

  @Test
  @Rule("2.6")
  default void creatingAStepTwiceIsAConflict(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated(S));
    assertThat(scene.refuse(run, Drafts.stepCreated(S, Payload.json("2"))))
        .isEqualTo(conflict(Reason.EXISTS, S));
    assertThat(step(scene, run).input()).isEqualTo(Drafts.VALUE);
  }

  @Test
  @Rule("L1")
  default void aStartedStepIsRunning(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated(S));
    Event started = scene.accept(run, Drafts.stepStarted(S)).getFirst();
    StepRecord step = step(scene, run);
    assertThat(step.status()).isEqualTo(StepStatus.RUNNING);
    assertThat(step.attempt()).isEqualTo(1);
    assertThat(step.startedAt()).isEqualTo(started.createdAt());
    assertThat(step.input()).isEqualTo(Drafts.VALUE);
  }

  @Test
  @Rule("L1")
  default void aCompletedStepHasItsResult(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepStarted(S));
    Event end = scene.accept(run, Drafts.stepCompleted(S)).getFirst();
    StepRecord step = step(scene, run);
    assertThat(step.status()).isEqualTo(StepStatus.COMPLETED);
    assertThat(step.output()).isEqualTo(Drafts.VALUE);
    assertThat(step.completedAt()).isEqualTo(end.createdAt());
    assertThat(step.attempt()).isEqualTo(1);
  }

  @Test
  @Rule("L1")
  default void aFailedStepHasItsError(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepStarted(S), Drafts.stepFailed(S));
    StepRecord step = step(scene, run);
    assertThat(step.status()).isEqualTo(StepStatus.FAILED);
    assertThat(step.error()).isEqualTo(Drafts.ERROR);
    assertThat(step.errorCode()).isEqualTo("FATAL");
    assertThat(step.completedAt()).isNotNull();
  }

  @Test
  @Rule("L1")
  default void aRetryingStepIsPendingAgain(StorageScene scene) {
    Instant at = scene.storeNow().plusSeconds(60);
    RunId run =
        scene.running(Drafts.stepCreated(S), Drafts.stepStarted(S), Drafts.stepRetrying(S, at));
    StepRecord step = step(scene, run);
    assertThat(step.status()).isEqualTo(StepStatus.PENDING);
    assertThat(step.error()).isEqualTo(Drafts.ERROR);
    assertThat(step.retryAfter()).isEqualTo(at);
    assertThat(step.attempt()).isEqualTo(1);
  }

  @Test
  @Rule("2.3")
  default void aFinalStepTakesNothingMore(StorageScene scene) {
    for (Draft end :
        List.of(Drafts.stepCompleted(S), Drafts.stepFailed(S), Drafts.stepCancelled(S))) {
      RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepStarted(S), end);
      for (Draft more :
          List.of(
              Drafts.stepStarted(S),
              Drafts.stepRetrying(S, null),
              Drafts.stepCompleted(S),
              Drafts.stepFailed(S),
              Drafts.stepCancelled(S))) {
        assertThat(scene.refuse(run, more)).isEqualTo(conflict(Reason.STATE, S));
      }
      assertThat(scene.refuse(run, Drafts.stepCreated(S))).isEqualTo(conflict(Reason.EXISTS, S));
    }
  }

  @Test
  @Rule("2.3")
  default void anUnknownStepTakesNothing(StorageScene scene) {
    RunId run = scene.running();
    for (Draft draft :
        List.of(
            Drafts.stepStarted(S),
            Drafts.stepRetrying(S, null),
            Drafts.stepCompleted(S),
            Drafts.stepFailed(S),
            Drafts.stepCancelled(S))) {
      assertThat(scene.refuse(run, draft)).isEqualTo(notFound(Kind.STEP, S));
    }
    assertThat(scene.storage().step(run, S)).isEmpty();
  }

  @Test
  @Rule("L7")
  default void aFastStepLeavesOneEvent(StorageScene scene) {
    RunId run = scene.running();
    Draft done = Drafts.stepDone(S, "reserve");
    Event event = scene.accept(run, done).getFirst();
    StepRecord step = step(scene, run);
    assertThat(step.name()).isEqualTo("reserve");
    assertThat(step.status()).isEqualTo(StepStatus.COMPLETED);
    assertThat(step.createdAt()).isEqualTo(event.createdAt()).isEqualTo(step.completedAt());
    assertThat(step.startedAt()).isEqualTo(((Fact.StepCompleted) done.fact()).startedAt());
    assertThat(step.output()).isEqualTo(Drafts.VALUE);
  }

  @Test
  @Rule("E-1")
  default void aStepMayEndWithoutHavingStarted(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepCreated("step_2"));
    scene.accept(run, Drafts.stepCompleted(S));
    scene.accept(run, Drafts.stepFailed("step_2"));
    assertThat(step(scene, run).status()).isEqualTo(StepStatus.COMPLETED);
    assertThat(step(scene, run).attempt()).isZero();
  }

  @Test
  @Rule("L8")
  default void anEndedRunIsClosedForEveryStepEvent(StorageScene scene) {
    for (RunId run : scene.ended(Drafts.stepCreated(S), Drafts.stepStarted(S))) {
      for (Draft draft :
          List.of(
              Drafts.stepCreated("step_2"),
              Drafts.stepStarted(S),
              Drafts.stepRetrying(S, null),
              Drafts.stepCompleted(S),
              Drafts.stepFailed(S),
              Drafts.stepCancelled(S),
              Drafts.stepDone("step_2", "late"))) {
        assertThat(scene.refuse(run, draft)).isEqualTo(closed(scene.view(run).status()));
      }
      assertThat(step(scene, run).status()).isEqualTo(StepStatus.RUNNING);
    }
  }

  @Test
  @Rule("ID-1")
  default void equalStepIdsInTwoRunsAreTwoSteps(StorageScene scene) {
    RunId one = scene.running(Drafts.stepCreated(S), Drafts.stepStarted(S));
    RunId two = scene.running(Drafts.stepCreated(S, null), Drafts.stepStarted(S));
    scene.accept(two, Drafts.stepFailed(S));
    scene.accept(one, Drafts.stepCompleted(S));
    assertThat(step(scene, one).status()).isEqualTo(StepStatus.COMPLETED);
    assertThat(step(scene, two).status()).isEqualTo(StepStatus.FAILED);
    assertThat(step(scene, two).input()).isNull();
  }

  @Test
  @Rule("ID-1")
  default void aStepIsFoundInItsOwnRunOnly(StorageScene scene) {
    scene.running(Drafts.stepCreated("step_mine"));
    assertThat(scene.storage().step(scene.running(), "step_mine")).isEmpty();
    assertThat(scene.storage().step(scene.runId(), "step_mine")).isEmpty();
  }

  @Test
  @Rule("L1")
  default void theLatestErrorOfAStepCounts(StorageScene scene) {
    Payload last = Payload.json("{\"type\":\"Last\"}");
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepRetrying(S, null));
    scene.accept(run, Drafts.of(S, new Fact.StepFailed(null, 1, null, last, null)));
    assertThat(step(scene, run).error()).isEqualTo(last);
    assertThat(step(scene, run).errorCode()).isNull();
  }
}
