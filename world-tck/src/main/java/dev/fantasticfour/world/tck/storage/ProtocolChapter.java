package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A worker is left what it reads, while others over the same store may read more. */
public interface ProtocolChapter {

  private static Work upTo(StorageScene scene, RunId run, int more) {
    return new Work("orders", Set.of(scene.view(run).workflow()))
        .reading(scene.view(run).specVersion() + more);
  }

  @Test
  @Rule("CU-7")
  default void aRunIsShownToWhomItsProtocolIsKnown(StorageScene scene) {
    RunId run = scene.running(scene.workflow());
    WorkerId worker = scene.worker();
    assertThat(scene.storage().due(worker, upTo(scene, run, -1), Duration.ZERO, 10)).isEmpty();
    assertThat(scene.storage().due(worker, upTo(scene, run, -1).ofEverything(), Duration.ZERO, 10))
        .extracting(DueRun::run)
        .doesNotContain(run);
    assertThat(scene.storage().due(worker, upTo(scene, run, 0), Duration.ZERO, 10))
        .extracting(DueRun::run)
        .containsExactly(run);
    assertThat(scene.storage().due(worker, upTo(scene, run, 1), Duration.ZERO, 10)).hasSize(1);
  }

  @Test
  @Rule("CU-7")
  default void aRunWhoseProtocolIsNotKnownIsNotTaken(StorageScene scene) {
    RunId run = scene.running(scene.workflow());
    WorkerId worker = scene.worker();
    assertThat(scene.storage().claim(worker, upTo(scene, run, -1), List.of(run))).isEmpty();
    assertThat(scene.view(run).epoch()).as("nobody has had it").isZero();
    assertThat(scene.storage().claim(worker, upTo(scene, run, 0), List.of(run))).hasSize(1);
  }

  @Test
  @Rule("CU-7")
  default void aRunThatStandsIsTriedByWhomItsProtocolIsKnown(StorageScene scene) {
    Owned owned = scene.owned(scene.workflow());
    Stall stall = new Stall(StallCause.CODE, "why", Duration.ofSeconds(600));
    scene.storage().stall(owned.worker(), owned.run(), owned.epoch(), Long.MAX_VALUE, stall);
    scene.stage().advance(Duration.ofMillis(1));
    WorkerId later = scene.worker();
    assertThat(scene.storage().standing(later, upTo(scene, owned.run(), -1), 10)).isEmpty();
    assertThat(scene.storage().standing(later, upTo(scene, owned.run(), 0), 10))
        .containsExactly(owned.run());
  }

  @Test
  @Rule("CU-7")
  default void aRunWhoseOwnerIsMissedIsShownToWhomItsProtocolIsKnown(StorageScene scene) {
    Owned owned = scene.owned(scene.workflow());
    StorageScene.accepted(
        scene.append(
            owned.run(),
            owned.authority(Due.NEVER),
            Drafts.started(),
            Drafts.stepCreated("step_1")));
    scene.storage().retire(owned.worker());
    WorkerId worker = scene.worker();
    assertThat(scene.storage().unwatched(worker, upTo(scene, owned.run(), -1), 10)).isEmpty();
    assertThat(scene.storage().unwatched(worker, upTo(scene, owned.run(), 0), 10))
        .extracting(DueRun::run)
        .containsExactly(owned.run());
  }

  @Test
  @Rule("CU-3")
  default void whoTakesRunsOfCertainWorkflowsIsGivenNoOthers(StorageScene scene) {
    RunId run = scene.running(scene.workflow());
    WorkerId worker = scene.worker();
    Work others = new Work("orders", Set.of(scene.workflow()));
    assertThat(scene.storage().claim(worker, others, List.of(run))).isEmpty();
    assertThat(scene.storage().claim(worker, upTo(scene, run, 0), List.of(run))).hasSize(1);
  }
}
