package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.KeptStream.END_LOST;
import static dev.fantasticfour.world.tck.storage.KeptStream.LEAVE;
import static dev.fantasticfour.world.tck.storage.KeptStream.NEXT;
import static dev.fantasticfour.world.tck.storage.KeptStream.WRITE_ON;
import static dev.fantasticfour.world.tck.storage.KeptStream.data;
import static dev.fantasticfour.world.tck.storage.KeptStream.entered;
import static dev.fantasticfour.world.tck.storage.KeptStream.opened;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.HighestAttempt;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.StreamArchive.Held;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Racers;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The lives that a stream has in the streamer, as the storage counts them. */
public interface ArchiveLifeChapter {

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-3")
  default void theNextLifeKnowsTheAttemptsOfSteps(StorageScene scene) {
    WorkerId worker = scene.worker();
    KeptStream stream = entered(scene, worker);
    Kept next =
        stream.keep(
            worker,
            1,
            NEXT,
            new Chunk.Data(0, Payload.json("0"), null, 0),
            data(1, "step_1", 1),
            data(2, "step_2", 4),
            new Chunk.Restarted(3, "step_1", 1),
            data(4, "step_1", 2));
    assertThat(next)
        .isEqualTo(
            new Kept.Opened(
                new Life(
                    2,
                    5,
                    Map.of(
                        "step_1", new HighestAttempt(2, 1), "step_2", new HighestAttempt(4, 2)))));
    assertThat(stream.all().bases()).containsExactly(0L, 5L);
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-4")
  default void aLifeEndsWhenEverybodyHasLeftIt(StorageScene scene) {
    WorkerId one = scene.worker();
    WorkerId two = scene.worker();
    WorkerId three = scene.worker();
    KeptStream stream = entered(scene, one);
    assertThat(stream.keep(two, 0, NEXT)).isEqualTo(new Kept.Entered(1));
    assertThat(stream.keep(three, 0, NEXT)).isEqualTo(new Kept.Entered(1));
    assertThat(stream.keep(one, 1, NEXT, data(0))).isEqualTo(new Kept.NotYet());
    assertThat(stream.keep(two, 1, WRITE_ON, data(1))).isEqualTo(new Kept.Taken(true));
    assertThat(stream.keep(two, 1, LEAVE, data(2))).isEqualTo(new Kept.Taken(true));
    assertThat(stream.keep(one, 1, NEXT)).isEqualTo(new Kept.NotYet());
    Kept next = stream.keep(three, 1, NEXT, data(3));
    assertThat(next)
        .isEqualTo(new Kept.Opened(new Life(2, 4, Map.of("step_1", new HighestAttempt(1, 0)))));
    assertThat(stream.keep(one, 1, NEXT)).isEqualTo(new Kept.Entered(2));
    assertThat(stream.keep(two, 0, NEXT)).isEqualTo(new Kept.Entered(2));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-4")
  default void nobodyEntersALifeThatIsLost(StorageScene scene) {
    WorkerId one = scene.worker();
    WorkerId two = scene.worker();
    KeptStream stream = entered(scene, one);
    stream.keep(two, 0, NEXT);
    assertThat(stream.keep(two, 1, NEXT)).isEqualTo(new Kept.NotYet());
    assertThat(stream.keep(scene.worker(), 0, NEXT)).isEqualTo(new Kept.NotYet());
    stream.keep(one, 1, LEAVE);
    assertThat(stream.keep(scene.worker(), 0, NEXT)).isEqualTo(opened(2, 0));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule({"ARC-4", "ST-20"})
  default void ofManyWhoWantTheNextLifeOneOpensIt(StorageScene scene) throws Exception {
    for (int round = 0; round < scene.stage().harness().rounds(); round++) {
      KeptStream stream = KeptStream.of(scene);
      List<Callable<Kept>> racers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        WorkerId worker = scene.worker();
        var at = i % 2 == 0 ? scene.storage() : scene.peer();
        racers.add(
            () ->
                at.archive(List.of(new Section(worker, stream.id(), 0, List.of(), NEXT)))
                    .getFirst());
      }
      assertThat(Racers.all(racers))
          .containsExactlyInAnyOrder(
              opened(1, 0), new Kept.Entered(1), new Kept.Entered(1), new Kept.Entered(1));
    }
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-5")
  default void nothingIsTakenOfALifeThatIsOver(StorageScene scene) {
    WorkerId worker = scene.worker();
    KeptStream stream = entered(scene, worker);
    stream.keep(worker, 1, NEXT, data(0));
    assertThat(stream.keep(worker, 1, WRITE_ON, data(1))).isEqualTo(new Kept.Over(2));
    assertThat(stream.keep(worker, 1, LEAVE, data(1))).isEqualTo(new Kept.Over(2));
    assertThat(stream.keep(worker, 1, new Then.End(7))).isEqualTo(new Kept.Over(2));
    assertThat(stream.keep(worker, 1, END_LOST)).isEqualTo(new Kept.Over(2));
    assertThat(stream.keep(worker, 3, NEXT, data(1))).isEqualTo(new Kept.Over(2));
    assertThat(stream.keep(worker, 1, NEXT, data(1))).isEqualTo(new Kept.Entered(2));
    assertThat(stream.keep(worker, 2, WRITE_ON, data(0, "step_2", 1), data(1)))
        .isEqualTo(new Kept.Taken(false));
    assertThat(stream.all().chunks()).containsExactly(data(0), data(1));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule({"ARC-10", "ARC-6", "L9"})
  default void noIndexThatADeadWriterMayHaveHadIsGivenAgain(StorageScene scene) {
    WorkerId dead = scene.worker();
    WorkerId living = scene.worker();
    KeptStream stream = entered(scene, dead);
    stream.keep(dead, 1, WRITE_ON, data(0));
    stream.keep(living, 0, NEXT);
    scene.storage().retire(dead);
    Kept next = stream.keep(living, 1, NEXT, data(1), data(4));
    long base = 3 + StreamArchive.MOST_UNKEPT;
    assertThat(next)
        .isEqualTo(new Kept.Opened(new Life(2, base, Map.of("step_1", new HighestAttempt(1, 0)))));
    Archived kept = stream.all();
    assertThat(kept.chunks()).containsExactly(data(0), data(1), data(4));
    assertThat(kept.settled()).isEqualTo(base);
    assertThat(kept.endOf(1)).isEqualTo(base);
    assertThat(kept.endOf(2)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule({"ARC-10", "L9"})
  default void noIndexIsGivenAgainThatNobodyKnowsOf(StorageScene scene) {
    WorkerId one = scene.worker();
    WorkerId two = scene.worker();
    KeptStream stream = entered(scene, one);
    stream.keep(two, 0, NEXT);
    stream.keep(one, 1, WRITE_ON, 7, data(0));
    assertThat(stream.keep(one, 1, LEAVE, 2, data(1))).isEqualTo(new Kept.Taken(false));
    Kept next = stream.keep(two, 1, NEXT, 3, data(2));
    assertThat(next)
        .isEqualTo(new Kept.Opened(new Life(2, 8, Map.of("step_1", new HighestAttempt(1, 0)))));
    assertThat(stream.keep(two, 2, NEXT, data(8)))
        .isEqualTo(new Kept.Opened(new Life(3, 9, Map.of("step_1", new HighestAttempt(1, 0)))));
    assertThat(stream.keep(two, 3, new Then.End(10), 2, data(9))).isEqualTo(new Kept.Ended(4, 12));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-10")
  default void whatIsWrittenAgainGetsItsIndexAgainUnlessOthersMayHaveGotIt(StorageScene scene) {
    WorkerId one = scene.worker();
    WorkerId two = scene.worker();
    KeptStream alone = entered(scene, one);
    assertThat(alone.keep(one, 1, new Then.Next(2), data(0)))
        .isEqualTo(new Kept.Opened(new Life(2, 1, Map.of("step_1", new HighestAttempt(1, 0)))));
    KeptStream shared = entered(scene, one);
    shared.keep(two, 0, NEXT);
    assertThat(shared.keep(one, 1, new Then.Next(2), data(0))).isEqualTo(new Kept.NotYet());
    shared.keep(two, 1, LEAVE);
    assertThat(shared.keep(one, 1, NEXT))
        .isEqualTo(new Kept.Opened(new Life(2, 3, Map.of("step_1", new HighestAttempt(1, 0)))));
    KeptStream inherited = entered(scene, one);
    inherited.keep(two, 0, NEXT);
    inherited.keep(two, 1, LEAVE, 1);
    assertThat(inherited.keep(one, 1, new Then.Next(2), data(0)))
        .isEqualTo(new Kept.Opened(new Life(2, 4, Map.of("step_1", new HighestAttempt(1, 0)))));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule({"ARC-10", "L9"})
  default void aLostStreamEndsBeyondWhatADeadWriterMayHaveHad(StorageScene scene) {
    WorkerId dead = scene.worker();
    WorkerId living = scene.worker();
    KeptStream stream = entered(scene, dead);
    stream.keep(dead, 1, WRITE_ON, data(0));
    scene.storage().retire(dead);
    assertThat(stream.keep(living, 1, END_LOST))
        .isEqualTo(new Kept.Ended(2, 1 + StreamArchive.MOST_UNKEPT));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule({"ARC-4", "L9"})
  default void whatWorkersHoldIsKnown(StorageScene scene) {
    WorkerId worker = scene.worker();
    WorkerId other = scene.worker();
    KeptStream held = entered(scene, worker);
    KeptStream left = entered(scene, worker);
    left.keep(worker, 1, LEAVE, data(0));
    KeptStream fresh = entered(scene, worker);
    KeptStream ofOther = entered(scene, other);
    held.keep(other, 0, NEXT);
    held.keep(worker, 1, NEXT, data(0), data(1));
    held.keep(other, 1, NEXT, data(2));
    held.keep(other, 2, WRITE_ON, data(3), data(5));
    assertThat(scene.peer().heldBy(List.of(worker))).containsExactly(new Held(fresh.id(), 1, 0));
    assertThat(scene.peer().heldBy(List.of(other)))
        .containsExactlyInAnyOrder(new Held(held.id(), 2, 4), new Held(ofOther.id(), 1, 0));
    assertThat(scene.peer().heldBy(List.of())).isEmpty();
  }
}
