package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Census;
import dev.fantasticfour.world.core.port.RunCustody.Pulse;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How everything stands, and who says so. */
public interface CensusChapter {

  /** One more, as far as anything is counted. */
  private static long more(long before, int by) {
    return Math.min(before + by, Census.MOST + 1L);
  }

  private static boolean isFirst(StorageScene scene, WorkerId worker) {
    return scene.peer().beat(worker, StorageScene.LEASE, true).map(Pulse::first).orElseThrow();
  }

  @Test
  @Requires(Capability.CENSUS)
  @Rule("CEN-1")
  default void itIsCountedWhatIsOpenStandsOrHasFailed(StorageScene scene) {
    Census.Counts before = scene.storage().census();
    RunId running = scene.running();
    Owned stands = scene.owned();
    scene
        .storage()
        .stall(
            stands.worker(),
            stands.run(),
            stands.epoch(),
            scene.view(stands.run()).lastPosition(),
            new Stall(StallCause.CODE, "no such step", Duration.ofMinutes(5)));
    RunId failed = scene.running();
    scene.accept(failed, Drafts.failed());
    scene.accept(scene.running(), Drafts.completed());
    scene.accept(scene.running(), Drafts.cancelled());

    Census.Counts after = scene.peer().census();
    assertThat(after.open()).isEqualTo(more(before.open(), 2));
    assertThat(after.stalled()).isEqualTo(more(before.stalled(), 1));
    assertThat(after.failed()).isEqualTo(more(before.failed(), 1));
    assertThat(after.bytes().values()).allMatch(bytes -> bytes >= 0);
    scene.accept(running, Drafts.completed());
    assertThat(scene.storage().census().open()).isEqualTo(more(before.open(), 1));
  }

  @Test
  @Requires(Capability.CENSUS)
  @Rule("CEN-2")
  default void whatIsDueAndNobodyLooksAfterIsOverdue(StorageScene scene) {
    Census.Counts before = scene.storage().census();
    RunId run = scene.running();
    Census.Counts left = scene.storage().census();
    assertThat(left.overdue()).isEqualTo(more(before.overdue(), 1));
    assertThat(left.overdueFor()).isGreaterThanOrEqualTo(before.overdueFor());
    scene.storage().hold(run, null, null);
    assertThat(scene.storage().census().overdue()).isEqualTo(before.overdue());
    scene.storage().letGo(run);
    WorkerId worker = scene.worker();
    assertThat(scene.storage().claim(worker, Work.ofAll(scene.view(run).taskQueue()), List.of(run)))
        .hasSize(1);
    assertThat(scene.storage().census().overdue()).isEqualTo(before.overdue());
    scene.storage().retire(worker);
    assertThat(scene.storage().census().overdue()).isEqualTo(more(before.overdue(), 1));
    scene.accept(run, Drafts.terminated());
    assertThat(scene.storage().census().overdue()).isEqualTo(before.overdue());
  }

  @Test
  @Requires(Capability.CENSUS)
  @Rule("CEN-3")
  default void ofTheWorkersThatLiveTheOneWithTheLowestIdIsTheFirst(StorageScene scene) {
    long before = scene.storage().census().workers();
    WorkerId high = scene.worker();
    WorkerId low = new WorkerId(Fresh.name(WorkerId.PREFIX + "00001"));
    WorkerId lower = new WorkerId(Fresh.name(WorkerId.PREFIX + "00000"));
    scene.storage().register(low, "b", StorageScene.LEASE);
    try {
      assertThat(scene.storage().census().workers()).isEqualTo(before + 2);
      assertThat(isFirst(scene, low)).isTrue();
      assertThat(isFirst(scene, high)).isFalse();
      scene.storage().register(lower, "b", StorageScene.LEASE);
      assertThat(isFirst(scene, low)).isFalse();
      assertThat(isFirst(scene, lower)).isTrue();
      scene.storage().retire(lower);
      assertThat(isFirst(scene, low)).isTrue();
      WorkerId silent = new WorkerId(Fresh.name(WorkerId.PREFIX + "00000"));
      scene.storage().register(silent, "b", Duration.ofMillis(1));
      scene.stage().await("the lease of " + silent + " has run out", () -> isFirst(scene, low));
      assertThat(scene.storage().census().workers()).isEqualTo(before + 2);
    } finally {
      scene.storage().retire(lower);
      scene.storage().retire(low);
    }
  }

  @Test
  @Rule({"CEN-4", "L9"})
  default void aCensusThatIsDeclinedIsRefused(StorageScene scene) {
    if (!scene.storage().declined().contains(Capability.CENSUS)) {
      assertThat(scene.storage().census().open()).isNotNegative();
      return;
    }
    Throwable thrown = catchThrowable(() -> scene.storage().census());
    assertThat(thrown).isInstanceOf(WorldException.class);
    assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
  }
}
