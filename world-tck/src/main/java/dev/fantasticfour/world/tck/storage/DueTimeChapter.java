package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.Reschedule;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What moves the time at which somebody has to look at a run, and what does not. */
public interface DueTimeChapter {

  @Test
  @Rule("L3")
  default void anEpochThatIsOverSaysNothingMore(StorageScene scene) {
    Owned former = scene.owned();
    Owned owned = scene.claimed(former.run(), former.worker());
    scene.storage().release(former.worker(), former.run(), former.epoch(), Due.NEVER);
    assertThat(
            scene
                .storage()
                .reschedule(
                    former.worker(), former.run(), former.epoch(), Long.MAX_VALUE, Due.NEVER))
        .isFalse();
    assertThat(scene.view(owned.run()).owner()).isEqualTo(owned.worker().value());
    assertThat(scene.view(owned.run()).dueAt()).isEqualTo(Instant.MIN);
    assertThat(
            scene
                .storage()
                .reschedule(owned.worker(), owned.run(), owned.epoch(), Long.MAX_VALUE, Due.NEVER))
        .isTrue();
    assertThat(scene.view(owned.run()).dueAt()).isNull();
    WorkerId other = scene.worker();
    assertThat(
            scene.storage().reschedule(other, owned.run(), owned.epoch(), Long.MAX_VALUE, Due.NOW))
        .isFalse();
  }

  @Test
  @Rule("L3")
  default void severalRunsAreRescheduledAtOnceEachAsByItself(StorageScene scene) {
    WorkerId worker = scene.worker();
    Owned former = scene.claimed(scene.running(scene.workflow()), worker);
    Owned again = scene.claimed(former.run(), worker);
    Owned told = scene.claimed(scene.running(scene.workflow()), worker);
    Owned untold = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
    scene.accept(untold.run(), Drafts.hookReceived("hook_1"));
    Instant at = scene.storeNow().plusSeconds(100);
    Set<RunId> over =
        scene
            .storage()
            .reschedule(
                worker,
                List.of(
                    new Reschedule(former.run(), former.epoch(), Long.MAX_VALUE, Due.NEVER),
                    new Reschedule(told.run(), told.epoch(), Long.MAX_VALUE, new Due.At(at)),
                    new Reschedule(untold.run(), untold.epoch(), 3, Due.NEVER)));
    assertThat(over)
        .as("an epoch that is over, and another's run")
        .containsExactlyInAnyOrder(former.run(), untold.run());
    assertThat(scene.view(again.run()).dueAt()).isEqualTo(Instant.MIN);
    assertThat(scene.view(told.run()).dueAt()).isEqualTo(at);
    assertThat(
            scene
                .storage()
                .reschedule(
                    untold.worker(),
                    List.of(new Reschedule(untold.run(), untold.epoch(), 3, Due.NEVER))))
        .isEmpty();
    assertThat(scene.view(untold.run()).dueAt())
        .as("over something it was not told of")
        .isEqualTo(Instant.MIN);
    assertThat(scene.storage().reschedule(worker, List.of())).isEmpty();
  }

  @Test
  @Rule("L5")
  default void anOwnersBatchSaysWhenItsRunIsDue(StorageScene scene) {
    Owned owned = scene.owned();
    Instant at = scene.storeNow().plusSeconds(100);
    scene.accept(owned.run(), owned.authority(new Due.At(at)), Drafts.waitCreated("wait_1", at));
    assertThat(scene.view(owned.run()).dueAt()).isEqualTo(at);
    scene.accept(owned.run(), owned.authority(Due.NEVER), Drafts.waitCancelled("wait_1"));
    assertThat(scene.view(owned.run()).dueAt()).isNull();
    scene.accept(owned.run(), owned.authority(Due.NOW), Drafts.stepDone("step_1", "a"));
    assertThat(scene.view(owned.run()).dueAt()).isEqualTo(Instant.MIN);
  }

  @Test
  @Rule("L9")
  default void aRunIsDueNowWhileItsOwnerWasNotToldOfEverything(StorageScene scene) {
    Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
    scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
    scene.accept(owned.run(), owned.authority(3, Due.NEVER), Drafts.stepDone("step_1", "a"));
    assertThat(scene.view(owned.run()).dueAt()).isEqualTo(Instant.MIN);
    scene.accept(owned.run(), owned.authority(5, Due.NEVER), Drafts.stepDone("step_2", "a"));
    assertThat(scene.view(owned.run()).dueAt()).isNull();
  }

  @Test
  @Rule("L9")
  default void aRunIsNotScheduledAwayOverSomethingItsOwnerWasNotToldOf(StorageScene scene) {
    Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
    scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
    for (Due due : List.of(Due.NEVER, new Due.At(scene.storeNow().plusSeconds(60)))) {
      assertThat(scene.storage().reschedule(owned.worker(), owned.run(), owned.epoch(), 3, due))
          .isTrue();
      assertThat(scene.view(owned.run()).dueAt()).isEqualTo(Instant.MIN);
    }
    scene.storage().reschedule(owned.worker(), owned.run(), owned.epoch(), 4, Due.NEVER);
    assertThat(scene.view(owned.run()).dueAt()).isNull();
    owned.accept(Drafts.stepDone("step_1", "a"));
    scene.storage().reschedule(owned.worker(), owned.run(), owned.epoch(), 4, Due.NEVER);
    assertThat(scene.view(owned.run()).dueAt()).as("its own events need no telling").isNull();
  }
}
