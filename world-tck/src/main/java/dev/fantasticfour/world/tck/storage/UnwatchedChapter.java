package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.StorageScene.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs that wait for a step and that nobody alive watches over. */
public interface UnwatchedChapter {

  private static List<RunId> ids(List<DueRun> due) {
    return due.stream().map(DueRun::run).toList();
  }

  private static List<RunId> unwatched(StorageScene scene, String workflow) {
    return ids(unwatched(scene, new Work("orders", Set.of(workflow)), 100));
  }

  private static List<DueRun> unwatched(StorageScene scene, Work work, int limit) {
    return scene.storage().unwatched(scene.worker(), work, limit);
  }

  private static void say(Owned owned, Due due, Draft... drafts) {
    accepted(owned.scene().append(owned.run(), owned.authority(due), drafts));
  }

  /** Lets an owned run wait for whoever takes the message of its step. */
  private static Owned waiting(StorageScene scene, String workflow, Due due) {
    Owned owned = scene.owned(workflow);
    say(owned, due, Drafts.started(), Drafts.stepCreated("s"));
    return owned;
  }

  @Test
  @Rule("L5")
  default void aRunThatWaitsForAStepIsItsOwnersAffairUntilThatIsDead(StorageScene scene) {
    String workflow = scene.workflow();
    Owned waits = waiting(scene, workflow, Due.NEVER);
    Owned sleeps = waiting(scene, workflow, new Due.At(scene.storeNow().plusSeconds(3_600)));
    Owned works = waiting(scene, workflow, Due.NOW);
    assertThat(unwatched(scene, workflow)).isEmpty();
    for (Owned owned : List.of(waits, sleeps, works)) {
      scene.storage().retire(owned.worker());
    }
    // The last one is due as it is.
    assertThat(unwatched(scene, workflow)).containsExactlyInAnyOrder(waits.run(), sleeps.run());
    assertThat(unwatched(scene, scene.workflow())).isEmpty();
    assertThat(unwatched(scene, new Work("bills", Set.of(workflow)), 100)).isEmpty();
    assertThat(unwatched(scene, new Work("orders", Set.of()), 100)).isEmpty();
    Work work = new Work("orders", Set.of(workflow));
    assertThat(unwatched(scene, work, 1)).hasSize(1);
    DueRun shown = unwatched(scene, work, 100).getFirst();
    assertThat(shown.workflow()).isEqualTo(workflow);
    assertThat(shown.in()).isZero();
    assertThat(shown.owner()).isNull();
    assertThat(scene.storage().claim(scene.worker(), Work.ofAll("orders"), List.of(waits.run())))
        .hasSize(1);
    assertThat(unwatched(scene, workflow)).containsExactly(sleeps.run());
  }

  @Test
  @Rule("L5")
  default void aRunThatWaitsForNoStepIsNotMissed(StorageScene scene) {
    String workflow = scene.workflow();
    Owned parked = scene.owned(workflow);
    say(
        parked,
        Due.NEVER,
        Drafts.started(),
        Drafts.stepCreated("s"),
        Drafts.of("s", new Fact.StepCancelled(null)));
    Owned retries = scene.owned(workflow);
    say(
        retries,
        Due.NEVER,
        Drafts.started(),
        Drafts.stepCreated("s"),
        Drafts.stepRetrying("s", 1, scene.storeNow().plusSeconds(60)));
    Owned stands = waiting(scene, workflow, Due.NEVER);
    scene
        .storage()
        .stall(
            stands.worker(),
            stands.run(),
            stands.epoch(),
            3,
            new Stall(StallCause.CODE, "stands", Duration.ofHours(1)));
    scene.storage().retire(parked.worker());
    scene.storage().retire(retries.worker());
    assertThat(unwatched(scene, workflow)).isEmpty();
    scene.stage().advance(Duration.ofSeconds(61));
    assertThat(unwatched(scene, workflow)).containsExactly(retries.run());
  }
}
