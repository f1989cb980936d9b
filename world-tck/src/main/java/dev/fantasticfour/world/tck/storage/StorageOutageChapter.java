package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Outage;
import dev.fantasticfour.world.tck.Racers;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The store cannot be reached for a while, or the way to it is cut in the middle of an append. */
public interface StorageOutageChapter {

  @Test
  @Rule("OUT-1")
  default void aStoreThatIsAwayIsUnavailableAndComesBack(StorageScene scene) throws Exception {
    Outage<Storage> outage = scene.stage().outage();
    Storage cut = scene.stage().another(outage);
    RunId run = scene.running();
    RunId unknown = scene.runId();
    Batch batch = StorageScene.batch(run, Authority.ANYONE, Drafts.stepCreated("step_1"));
    assertThat(cut.run(run)).isPresent();
    outage.begin().run();
    try {
      List<Runnable> calls =
          List.of(
              () -> refused(ErrorCode.UNAVAILABLE, () -> cut.run(unknown)),
              () -> refused(ErrorCode.UNAVAILABLE, () -> cut.hookByToken("nobody's")),
              () -> refused(ErrorCode.UNAVAILABLE, () -> StorageScene.append(cut, batch)));
      Racers.all(calls.stream().map(Executors::callable).toList());
    } finally {
      outage.end().run();
    }
    CutAppend.insist(scene, cut, batch);
    assertThat(cut.run(unknown)).isEmpty();
    assertThat(scene.log(run)).hasSize(3);
    scene.stage().close(cut);
  }

  @Test
  @Rule("CR-1")
  default void aConnectionThatIsCutDuringAnAppendLeavesAllOrNothing(StorageScene scene)
      throws Exception {
    CutAppend.rounds(
        scene,
        cut -> {
          RunId run = scene.running();
          cut.append(
              StorageScene.batch(
                  run,
                  Authority.ANYONE,
                  Drafts.stepDone("step_1", "n"),
                  Drafts.hookCreated("hook_1", scene.token()),
                  Drafts.waitCreated("wait_1")));
          assertThat(scene.log(run)).as("before it is repeated").satisfies(l -> allOf(l.size(), 2));
          cut.repeat();
          assertThat(scene.log(run)).hasSize(5);
        });
  }

  private static void allOf(int size, int before) {
    assertThat(size).isIn(before, before + 3);
  }

  @Test
  @Rule({"CR-1", "L1"})
  default void theEndOfARunThatIsCutTakesItsHooksOrNothing(StorageScene scene) throws Exception {
    CutAppend.rounds(
        scene,
        cut -> {
          RunId run =
              scene.running(
                  Drafts.hookCreated("hook_1", scene.token()), Drafts.waitCreated("wait_1"));
          cut.append(StorageScene.batch(run, Authority.ANYONE, Drafts.completed()));
          if (scene.log(run).getLast().type() == EventType.RUN_COMPLETED) {
            assertThat(scene.storage().hook(run, "hook_1")).isEmpty();
            assertThat(scene.storage().waits(run)).isEmpty();
          }
          cut.repeat();
          assertThat(scene.log(run)).hasSize(5);
        });
  }

  @Test
  @Rule({"CR-1", "2.5"})
  default void aStartThatCreatesAndIsCutLeavesBothEventsOrNone(StorageScene scene)
      throws Exception {
    CutAppend.rounds(
        scene,
        cut -> {
          RunId run = scene.runId();
          cut.append(
              StorageScene.batch(run, Authority.ANYONE, Drafts.startedWith(Drafts.creation("w"))));
          assertThat(scene.log(run).size()).isIn(0, 2);
          cut.repeat();
          assertThat(scene.log(run)).hasSize(2);
        });
  }
}
