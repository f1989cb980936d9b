package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.Refusals.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.NotFound.Kind;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queued steps: whoever took the message holds one attempt, and nothing else. */
public interface AttemptChapter {

  /** The step most tests write about. */
  String S = "step_1";

  private static Authority holder(int attempt) {
    return new Authority.AttemptHolder(S, attempt);
  }

  private static StepRecord step(StorageScene scene, RunId run) {
    return scene.storage().step(run, S).orElseThrow();
  }

  @Test
  @Rule("L3")
  default void theHolderOfAnAttemptStartsAndCompletesItsStep(StorageScene scene) {
    RunId run = scene.owned(Drafts.stepCreated(S)).run();
    scene.accept(run, holder(1), Drafts.stepStarted(S, 1));
    List<Event> events = scene.accept(run, holder(1), Drafts.stepCompleted(S, 1));
    assertThat(events.getFirst().byOwner()).isFalse();
    assertThat(step(scene, run).status()).isEqualTo(StepStatus.COMPLETED);
    assertThat(step(scene, run).attempt()).isEqualTo(1);
  }

  @Test
  @Rule("L3")
  default void anAttemptIsTakenOnce(StorageScene scene) {
    RunId run = scene.owned(Drafts.stepCreated(S)).run();
    scene.accept(run, holder(1), Drafts.stepStarted(S, 1));
    assertThat(scene.refuse(run, holder(1), Drafts.stepStarted(S, 1)))
        .isEqualTo(conflict(Reason.ATTEMPT, S));
    assertThat(scene.refuse(run, holder(3), Drafts.stepStarted(S, 3)))
        .isEqualTo(conflict(Reason.ATTEMPT, S));
  }

  @Test
  @Rule("L3")
  default void aNewAttemptTakesOverFromALostOne(StorageScene scene) {
    RunId run = scene.owned(Drafts.stepCreated(S)).run();
    scene.accept(run, holder(1), Drafts.stepStarted(S, 1));
    scene.accept(run, holder(2), Drafts.stepStarted(S, 2));
    for (Draft late :
        List.of(
            Drafts.stepCompleted(S, 1), Drafts.stepFailed(S, 1), Drafts.stepRetrying(S, 1, null))) {
      assertThat(scene.refuse(run, holder(1), late)).isEqualTo(conflict(Reason.ATTEMPT, S));
    }
    scene.accept(run, holder(2), Drafts.stepCompleted(S, 2));
    assertThat(step(scene, run).attempt()).isEqualTo(2);
  }

  @Test
  @Rule("E-11")
  default void lostAttemptsAreToldFromFailedOnes(StorageScene scene) {
    RunId run = scene.owned(Drafts.stepCreated(S)).run();
    scene.accept(run, holder(1), Drafts.stepStarted(S, 1));
    scene.accept(run, holder(2), Drafts.stepStarted(S, 2));
    assertCounts(step(scene, run), 0, 1);
    scene.accept(run, holder(2), Drafts.stepRetrying(S, 2, null));
    scene.accept(run, holder(3), Drafts.stepStarted(S, 3));
    assertCounts(step(scene, run), 1, 1);
    scene.accept(run, holder(3), Drafts.stepFailed(S, 3));
    assertCounts(step(scene, run), 2, 1);
    assertThat(step(scene, run).attempt()).isEqualTo(3);
  }

  @Test
  @Rule("E-11")
  default void anOwnerSaysALossWithWhatTheAttemptCameTo(StorageScene scene) {
    Owned first = scene.owned(Drafts.stepCreated(S));
    first.accept(Drafts.stepStarted(S, 1));
    scene.storage().release(first.worker(), first.run(), first.epoch(), Due.NOW);
    Owned second = scene.claimed(first.run(), scene.worker());
    second.accept(Drafts.stepStarted(S, 1), Drafts.stepRetrying(S, 1, null));
    assertCounts(step(scene, first.run()), 1, 1);
    second.accept(Drafts.stepCompleted(S, 2));
    assertCounts(step(scene, first.run()), 1, 1);
    assertThat(step(scene, first.run()).attempt()).isEqualTo(2);
  }

  private static void assertCounts(StepRecord step, int failed, int lost) {
    assertThat(step.failedAttempts()).as("failed").isEqualTo(failed);
    assertThat(step.lostAttempts()).as("lost").isEqualTo(lost);
  }

  @Test
  @Rule("L3")
  default void anAttemptMustBeTakenBeforeItEnds(StorageScene scene) {
    RunId run = scene.owned(Drafts.stepCreated(S)).run();
    assertThat(scene.refuse(run, holder(1), Drafts.stepCompleted(S, 1)))
        .isEqualTo(conflict(Reason.ATTEMPT, S));
    scene.accept(run, holder(1), Drafts.stepStarted(S, 1));
    scene.accept(run, holder(1), Drafts.stepRetrying(S, 1, null));
    assertThat(scene.refuse(run, holder(1), Drafts.stepCompleted(S, 1)))
        .isEqualTo(conflict(Reason.ATTEMPT, S));
    scene.accept(run, holder(2), Drafts.stepStarted(S, 2));
    assertThat(step(scene, run).attempt()).isEqualTo(2);
  }

  @Test
  @Rule("L3")
  default void theHolderOfAnAttemptMayWriteAboutItsStepOnly(StorageScene scene) {
    RunId run = scene.owned(Drafts.stepCreated(S), Drafts.stepCreated("step_2")).run();
    for (Draft other :
        List.of(
            Drafts.stepStarted("step_2", 1),
            Drafts.stepCancelled(S),
            Drafts.stepCreated("step_3"),
            Drafts.waitCreated("wait_1"),
            Drafts.completed())) {
      assertThat(scene.refuse(run, holder(1), other))
          .isEqualTo(conflict(Reason.AUTHORITY, run.value()));
    }
  }

  @Test
  @Rule("L3")
  default void theHolderOfAnAttemptCreatesNoStep(StorageScene scene) {
    RunId run = scene.owned().run();
    assertThat(scene.refuse(run, holder(1), Drafts.stepStarted(S, 1)))
        .isEqualTo(notFound(Kind.STEP, S));
    assertThat(scene.refuse(run, holder(1), Drafts.stepDone(S, "charge")))
        .isEqualTo(notFound(Kind.STEP, S));
  }

  @Test
  @Rule("2.3")
  default void anAttemptWaitsForItsTime(StorageScene scene) {
    RunId run = scene.owned(Drafts.stepCreated(S)).run();
    scene.accept(run, holder(1), Drafts.stepStarted(S, 1));
    scene.accept(run, holder(1), Drafts.stepRetrying(S, 1, scene.storeNow().plusSeconds(60)));
    assertThat(scene.refuse(run, holder(2), Drafts.stepStarted(S, 2)))
        .isInstanceOf(AppendResult.TooEarly.class);
  }

  @Test
  @Rule("L3")
  default void aStepThatTheOwnerGaveUpTakesNoAttempt(StorageScene scene) {
    Owned owned = scene.owned(Drafts.stepCreated(S));
    scene.accept(owned.run(), holder(1), Drafts.stepStarted(S, 1));
    owned.accept(Drafts.stepCancelled(S));
    assertThat(scene.refuse(owned.run(), holder(1), Drafts.stepCompleted(S, 1)))
        .isEqualTo(conflict(Reason.STATE, S));
  }

  @Test
  @Rule("L4")
  default void theOwnerIsToldWhomToWakeWhenAnAttemptEnds(StorageScene scene) {
    Owned owned = scene.owned(Drafts.stepCreated(S));
    AppendResult result =
        scene.append(owned.run(), holder(1), Drafts.stepStarted(S, 1), Drafts.stepCompleted(S, 1));
    assertThat(StorageScene.accepted(result).owner()).isEqualTo(owned.worker());
    assertThat(StorageScene.accepted(result).taskQueue()).isEqualTo("orders");
  }
}
