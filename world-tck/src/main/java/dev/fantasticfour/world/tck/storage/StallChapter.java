package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.AppendResult.Fenced;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs that cannot go on stand where everybody sees them, with the reason (law L9). */
public interface StallChapter {

  private static Owned stalled(StorageScene scene, String workflow, Duration retryAfter) {
    Owned owned = scene.owned(workflow);
    stall(scene, owned, "no such step", retryAfter);
    return owned;
  }

  private static void stall(StorageScene scene, Owned owned, String reason, Duration after) {
    scene
        .storage()
        .stall(
            owned.worker(),
            owned.run(),
            owned.epoch(),
            Long.MAX_VALUE,
            new Stall(StallCause.CODE, reason, after));
  }

  private static List<RunId> shownTo(StorageScene scene, String build, String workflow) {
    return scene
        .storage()
        .due(scene.worker(build), new Work("orders", Set.of(workflow)), Duration.ZERO, 10)
        .stream()
        .map(DueRun::run)
        .toList();
  }

  @Test
  @Rule("L9")
  default void aStalledRunStandsWithItsReason(StorageScene scene) {
    Owned owned = stalled(scene, scene.workflow(), Duration.ofSeconds(60));
    RunRecord view = scene.view(owned.run());
    assertThat(view.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(view.stalledReason()).isEqualTo("no such step");
    assertThat(view.stalledCause()).isEqualTo(StallCause.CODE);
    assertThat(view.stalledAt()).isNotNull();
    assertThat(view.owner()).isNull();
    assertThat(scene.log(owned.run())).as("a stall is no fact").hasSize(2);
    assertThat(owned.refuse(Drafts.completed())).isEqualTo(new Fenced(1, null));
  }

  @Test
  @Rule("CU-1")
  default void whatMayPassIsTriedAgainAfterThePauseByEveryBuild(StorageScene scene) {
    for (StallCause cause : List.of(StallCause.ERROR, StallCause.WORKERS_LOST)) {
      String workflow = scene.workflow();
      Owned owned = scene.owned(workflow);
      Stall stall = new Stall(cause, "it may pass", Duration.ofSeconds(60));
      scene.storage().stall(owned.worker(), owned.run(), owned.epoch(), Long.MAX_VALUE, stall);
      assertThat(scene.view(owned.run()).stalledCause()).isEqualTo(cause);
      assertThat(shownTo(scene, "build-1", workflow)).isEmpty();
      scene.stage().advance(Duration.ofSeconds(61));
      assertThat(shownTo(scene, "build-1", workflow)).containsExactly(owned.run());
      assertThat(shownTo(scene, "build-2", workflow)).containsExactly(owned.run());
    }
  }

  @Test
  @Rule("CU-1")
  default void theCauseIsThatOfTheLastStall(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = stalled(scene, workflow, Duration.ZERO);
    Owned again = scene.claimed(owned.run(), scene.worker("build-2"));
    Stall stall = new Stall(StallCause.ERROR, "no memory", Duration.ZERO);
    scene.storage().stall(again.worker(), again.run(), again.epoch(), Long.MAX_VALUE, stall);
    assertThat(scene.view(owned.run()).stalledCause()).isEqualTo(StallCause.ERROR);
    assertThat(shownTo(scene, "build-1", workflow)).containsExactly(owned.run());
  }

  @Test
  @Rule("CU-1")
  default void aRunWhoseCodeDoesNotFitIsNotShownToTheBuildThatLetItStand(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = stalled(scene, workflow, Duration.ZERO);
    assertThat(shownTo(scene, "build-1", workflow)).isEmpty();
    assertThat(shownTo(scene, "build-2", workflow)).containsExactly(owned.run());
  }

  @Test
  @Rule("L9")
  default void otherBuildsTryAStalledRunAgainAfterAPause(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = stalled(scene, workflow, Duration.ofSeconds(60));
    assertThat(shownTo(scene, "build-2", workflow)).isEmpty();
    scene.stage().advance(Duration.ofSeconds(61));
    assertThat(shownTo(scene, "build-1", workflow)).isEmpty();
    assertThat(shownTo(scene, "build-2", workflow)).containsExactly(owned.run());
  }

  @Test
  @Rule("L9")
  default void theTimeOfTheFirstOfSeveralStallsIsKept(StorageScene scene) {
    Owned owned = stalled(scene, scene.workflow(), Duration.ZERO);
    Instant first = scene.view(owned.run()).stalledAt();
    Owned again = scene.claimed(owned.run(), scene.worker("build-2"));
    assertThat(scene.view(owned.run()).stalledReason()).isEqualTo("no such step");
    stall(scene, again, "still no such step", Duration.ZERO);
    assertThat(scene.view(owned.run()).stalledAt()).isEqualTo(first);
    assertThat(scene.view(owned.run()).stalledReason()).isEqualTo("still no such step");
  }

  @Test
  @Rule("L9")
  default void anOwnersBatchEndsTheStanding(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = stalled(scene, workflow, Duration.ZERO);
    Owned again = scene.claimed(owned.run(), scene.worker("build-2"));
    again.accept(Drafts.stepDone("step_1", "a"));
    assertThat(scene.view(owned.run()).stalledAt()).isNull();
    assertThat(scene.view(owned.run()).stalledCause()).isNull();
    assertThat(scene.view(owned.run()).stalledReason()).isNull();
    scene.storage().retire(again.worker());
    assertThat(shownTo(scene, "build-1", workflow)).containsExactly(owned.run());
  }

  @Test
  @Rule("L9")
  default void anAppendByAnyoneHasAStalledRunTriedByEveryBuild(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = stalled(scene, workflow, Duration.ofSeconds(600));
    scene.accept(owned.run(), Drafts.cancelRequested());
    assertThat(shownTo(scene, "build-1", workflow)).containsExactly(owned.run());
    assertThat(scene.view(owned.run()).stalledReason()).isEqualTo("no such step");
  }

  private static List<RunId> standing(StorageScene scene, WorkerId worker, String workflow) {
    return scene.storage().standing(worker, new Work("orders", Set.of(workflow)), 10);
  }

  private static void passATick(StorageScene scene) {
    scene.stage().advance(Duration.ofMillis(1));
  }

  @Test
  @Rule("CU-2")
  default void whatStandsIsTriedByEveryWorkerThatRegistersLater(StorageScene scene) {
    for (StallCause cause : List.of(StallCause.CODE, StallCause.ERROR)) {
      String workflow = scene.workflow();
      WorkerId before = scene.worker();
      Owned owned = scene.owned(workflow);
      Stall stall = new Stall(cause, "why", Duration.ofSeconds(600));
      passATick(scene);
      scene.storage().stall(owned.worker(), owned.run(), owned.epoch(), Long.MAX_VALUE, stall);
      passATick(scene);
      WorkerId later = scene.worker();
      scene.storage().beat(before, StorageScene.LEASE);
      assertThat(standing(scene, before, workflow)).as("registered before").isEmpty();
      assertThat(standing(scene, later, workflow)).containsExactly(owned.run());
      assertThat(scene.storage().standing(later, new Work("orders", Set.of(workflow)), 0))
          .isEmpty();

      Owned again = scene.claimed(owned.run(), later);
      assertThat(standing(scene, later, workflow)).as("while it is tried").isEmpty();
      passATick(scene);
      scene.storage().stall(later, again.run(), again.epoch(), Long.MAX_VALUE, stall);
      assertThat(standing(scene, later, workflow)).as("tried once").isEmpty();
      passATick(scene);
      WorkerId last = scene.worker();
      assertThat(standing(scene, last, workflow)).containsExactly(owned.run());

      scene.claimed(owned.run(), last).accept(Drafts.completed());
      passATick(scene);
      assertThat(standing(scene, scene.worker(), workflow)).as("ended").isEmpty();
    }
  }

  @Test
  @Rule("CU-2")
  default void whatBringsWorkersDownIsNotTriedByOneThatHasJustRegistered(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = scene.owned(workflow);
    Stall stall = new Stall(StallCause.WORKERS_LOST, "lost", Duration.ofSeconds(600));
    scene.storage().stall(owned.worker(), owned.run(), owned.epoch(), Long.MAX_VALUE, stall);
    passATick(scene);
    assertThat(standing(scene, scene.worker(), workflow)).isEmpty();
  }

  @Test
  @Rule("CU-2")
  default void whatStandsIsTriedByWorkersThatAreAliveAndHaveItsCode(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = stalled(scene, workflow, Duration.ofSeconds(600));
    passATick(scene);
    WorkerId worker = scene.worker();
    Storage storage = scene.storage();
    assertThat(standing(scene, worker, scene.workflow())).isEmpty();
    assertThat(storage.standing(worker, new Work("orders", Set.of()), 10)).isEmpty();
    assertThat(storage.standing(worker, new Work("bills", Set.of(workflow)), 10)).isEmpty();
    assertThat(standing(scene, worker, workflow)).containsExactly(owned.run());
    storage.retire(worker);
    assertThat(standing(scene, worker, workflow)).isEmpty();
  }

  @Test
  @Rule("L9")
  default void aRetryHasAStalledRunTriedByEveryBuildWithoutAFact(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = stalled(scene, workflow, Duration.ofSeconds(600));
    assertThat(scene.peer().nudge(owned.run())).isTrue();
    assertThat(shownTo(scene, "build-1", workflow)).containsExactly(owned.run());
    assertThat(scene.view(owned.run()).stalledReason()).isEqualTo("no such step");
    assertThat(scene.log(owned.run())).hasSize(2);
  }

  @Test
  @Rule("L9")
  default void aRetryChangesNothingOfOtherRuns(StorageScene scene) {
    RunId ended = scene.running(Drafts.completed());
    RunId running = scene.running();
    RunRecord before = scene.view(running);
    assertThat(scene.storage().nudge(ended)).isFalse();
    assertThat(scene.storage().nudge(running)).isFalse();
    assertThat(scene.storage().nudge(scene.runId())).isFalse();
    assertThat(scene.view(running)).isEqualTo(before);
  }

  @Test
  @Rule("L9")
  default void aStallOverSomethingItsOwnerWasNotToldOfIsTriedByEveryBuild(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = scene.owned(workflow);
    scene.accept(owned.run(), Drafts.cancelRequested());
    scene
        .storage()
        .stall(
            owned.worker(),
            owned.run(),
            owned.epoch(),
            2,
            new Stall(StallCause.CODE, "no such step", Duration.ofSeconds(600)));
    assertThat(scene.view(owned.run()).stalledReason()).isEqualTo("no such step");
    assertThat(shownTo(scene, "build-1", workflow)).containsExactly(owned.run());
  }

  @Test
  @Rule("L3")
  default void anEpochThatIsOverStallsNothing(StorageScene scene) {
    Owned former = scene.owned();
    Owned owned = scene.claimed(former.run(), former.worker());
    stall(scene, former, "late", Duration.ZERO);
    assertThat(scene.view(owned.run()).stalledAt()).isNull();
    assertThat(scene.view(owned.run()).owner()).isEqualTo(owned.worker().value());
  }
}
