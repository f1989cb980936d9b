package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Rule;
import org.junit.jupiter.api.Test;

/** Instances: opened, described, closed. */
public interface LifecycleChapter {

  @Test
  @Rule("8.12")
  default void anInstanceMayBeClosedTwiceAndThenRefusesEverything(StorageScene scene) {
    RunId run = scene.running();
    Storage another = scene.stage().another();
    assertThat(another.run(run)).isPresent();
    another.close();
    another.close();
    refused(ErrorCode.CLOSED, () -> another.run(run));
    assertThat(scene.storage().run(run)).isPresent();
  }

  @Test
  @Rule("8.12")
  default void anInstanceThatNobodyUsedMayBeClosed(StorageScene scene) {
    Storage another = scene.stage().another();
    another.close();
    assertThat(scene.storage().version()).isNotBlank();
  }

  @Test
  @Rule("PAG-6")
  default void anInstanceThatIsOpenedLaterReadsWhatWasWrittenBefore(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated("step_1"));
    Storage later = scene.stage().another();
    assertThat(later.run(run)).contains(scene.view(run));
    assertThat(StorageScene.log(later, run)).isEqualTo(scene.log(run));
    later.close();
  }

  @Test
  @Rule("8.12")
  default void anInstanceSaysWhatItIs(StorageScene scene) {
    assertThat(scene.storage().version()).isNotBlank();
    assertThat(scene.storage().declined()).isEqualTo(scene.peer().declined());
  }
}
