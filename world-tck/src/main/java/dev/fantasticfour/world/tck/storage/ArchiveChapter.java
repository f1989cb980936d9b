package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.StreamArchive.Held;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.Streamer.Chunk;
import dev.fantasticfour.world.core.port.Streamer.Life;
import dev.fantasticfour.world.core.port.Streamer.Standing;
import dev.fantasticfour.world.core.port.Streamer.StreamId;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Racers;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Streams as they are kept for good, and the lives they have in the streamer. */
public interface ArchiveChapter {

  Then WRITE_ON = new Then.WriteOn();
  Then LEAVE = new Then.Leave();
  Then NEXT = new Then.Next();
  Then END_LOST = new Then.EndLost();

  private static StreamId stream(StorageScene scene) {
    return new StreamId(new RunId(RunId.PREFIX + Fresh.ulid(scene.stage().now())), "out");
  }

  private static Kept keep(
      StorageScene scene, WorkerId by, StreamId stream, long life, Then then, Chunk... chunks) {
    return scene
        .storage()
        .archive(List.of(new Section(by, stream, life, List.of(chunks), then)))
        .getFirst();
  }

  private static Chunk data(long index) {
    return data(index, "step_1", 1);
  }

  private static Chunk data(long index, String step, int attempt) {
    return new Chunk.Data(index, Payload.json("" + index), step, attempt);
  }

  private static Kept opened(long life, long base) {
    return new Kept.Opened(new Life(life, base, Map.of()));
  }

  private static Archived all(StorageScene scene, StreamId stream) {
    return scene.peer().archived(stream, 0, 1_000);
  }

  /** A stream in its first life, with one writer. */
  private static StreamId entered(StorageScene scene, WorkerId by) {
    StreamId stream = stream(scene);
    assertThat(keep(scene, by, stream, 0, NEXT)).isEqualTo(opened(1, 0));
    return stream;
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-1")
  default void whatIsKeptIsKeptOnceAndForGood(StorageScene scene) {
    WorkerId worker = scene.worker();
    StreamId stream = entered(scene, worker);
    assertThat(keep(scene, worker, stream, 1, WRITE_ON, data(0), data(1)))
        .isEqualTo(new Kept.Taken(false));
    Chunk other = data(1, "step_2", 9);
    assertThat(keep(scene, worker, stream, 1, WRITE_ON, data(0), other, data(2)))
        .isEqualTo(new Kept.Taken(false));
    assertThat(all(scene, stream))
        .isEqualTo(new Archived(List.of(0L), false, List.of(data(0), data(1), data(2))));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-2")
  default void chunksAreReadByIndexHoweverTheyCame(StorageScene scene) {
    WorkerId worker = scene.worker();
    StreamId stream = entered(scene, worker);
    for (long index : List.of(3L, 0L, 2L)) {
      keep(scene, worker, stream, 1, WRITE_ON, data(index));
    }
    assertThat(all(scene, stream).chunks()).containsExactly(data(0), data(2), data(3));
    assertThat(scene.peer().archived(stream, 1, 1).chunks()).containsExactly(data(2));
    assertThat(scene.peer().archived(stream, 3, 9).chunks()).containsExactly(data(3));
    assertThat(scene.peer().archived(stream, 4, 9).chunks()).isEmpty();
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-2")
  default void aLongStreamIsReadPieceByPiece(StorageScene scene) {
    WorkerId worker = scene.worker();
    StreamId stream = entered(scene, worker);
    Chunk[] chunks = LongStream.range(0, 2_500).mapToObj(i -> data(i)).toArray(Chunk[]::new);
    keep(scene, worker, stream, 1, WRITE_ON, chunks);
    List<Chunk> read = new ArrayList<>();
    List<Chunk> piece = scene.peer().archived(stream, 0, 1_000).chunks();
    while (!piece.isEmpty()) {
      assertThat(piece).hasSizeLessThanOrEqualTo(1_000);
      read.addAll(piece);
      piece = scene.peer().archived(stream, read.size(), 1_000).chunks();
    }
    assertThat(read).containsExactly(chunks);
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-2")
  default void everyByteIsKept(StorageScene scene) {
    WorkerId worker = scene.worker();
    StreamId stream = entered(scene, worker);
    Chunk[] chunks = {
      new Chunk.Data(0, Payload.json("{\"a\" : 1.0, \"ü\":\"\\u0000\"}"), null, 0),
      new Chunk.Data(1, Payload.binary(new byte[] {0, -1, 7}), "step_1", 3),
      new Chunk.Data(2, Payload.json(""), null, 0),
      new Chunk.Data(3, Payload.json("no json"), null, 0),
      new Chunk.Data(
          4, Payload.of("mine", "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8)), "s", 1),
      new Chunk.Restarted(5, "step_1", 1)
    };
    keep(scene, worker, stream, 1, WRITE_ON, chunks);
    assertThat(all(scene, stream).chunks()).containsExactly(chunks);
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-3")
  default void theNextLifeKnowsTheAttemptsOfSteps(StorageScene scene) {
    WorkerId worker = scene.worker();
    StreamId stream = entered(scene, worker);
    Kept next =
        keep(
            scene,
            worker,
            stream,
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
                    2, 5, Map.of("step_1", new Standing(2, 1), "step_2", new Standing(4, 2)))));
    assertThat(all(scene, stream).bases()).containsExactly(0L, 5L);
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-4")
  default void aLifeEndsWhenEverybodyHasLeftIt(StorageScene scene) {
    WorkerId one = scene.worker();
    WorkerId two = scene.worker();
    WorkerId three = scene.worker();
    StreamId stream = entered(scene, one);
    assertThat(keep(scene, two, stream, 0, NEXT)).isEqualTo(new Kept.Entered(1));
    assertThat(keep(scene, three, stream, 0, NEXT)).isEqualTo(new Kept.Entered(1));
    assertThat(keep(scene, one, stream, 1, NEXT, data(0))).isEqualTo(new Kept.Waiting());
    assertThat(keep(scene, two, stream, 1, WRITE_ON, data(1))).isEqualTo(new Kept.Taken(true));
    assertThat(keep(scene, two, stream, 1, LEAVE, data(2))).isEqualTo(new Kept.Taken(true));
    assertThat(keep(scene, one, stream, 1, NEXT)).isEqualTo(new Kept.Waiting());
    Kept next = keep(scene, three, stream, 1, NEXT, data(3));
    assertThat(next)
        .isEqualTo(new Kept.Opened(new Life(2, 4, Map.of("step_1", new Standing(1, 0)))));
    assertThat(keep(scene, one, stream, 1, NEXT)).isEqualTo(new Kept.Entered(2));
    assertThat(keep(scene, two, stream, 0, NEXT)).isEqualTo(new Kept.Entered(2));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-4")
  default void nobodyEntersALifeThatIsLost(StorageScene scene) {
    WorkerId one = scene.worker();
    WorkerId two = scene.worker();
    StreamId stream = entered(scene, one);
    keep(scene, two, stream, 0, NEXT);
    assertThat(keep(scene, two, stream, 1, NEXT)).isEqualTo(new Kept.Waiting());
    assertThat(keep(scene, scene.worker(), stream, 0, NEXT)).isEqualTo(new Kept.Waiting());
    keep(scene, one, stream, 1, LEAVE);
    assertThat(keep(scene, scene.worker(), stream, 0, NEXT)).isEqualTo(opened(2, 0));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule({"ARC-4", "ST-20"})
  default void ofManyWhoWantTheNextLifeOneOpensIt(StorageScene scene) throws Exception {
    for (int round = 0; round < scene.stage().harness().rounds(); round++) {
      StreamId stream = stream(scene);
      List<Callable<Kept>> racers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        WorkerId worker = scene.worker();
        var at = i % 2 == 0 ? scene.storage() : scene.peer();
        racers.add(
            () -> at.archive(List.of(new Section(worker, stream, 0, List.of(), NEXT))).getFirst());
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
    StreamId stream = entered(scene, worker);
    keep(scene, worker, stream, 1, NEXT, data(0));
    assertThat(keep(scene, worker, stream, 1, WRITE_ON, data(1))).isEqualTo(new Kept.Over(2));
    assertThat(keep(scene, worker, stream, 1, LEAVE, data(1))).isEqualTo(new Kept.Over(2));
    assertThat(keep(scene, worker, stream, 1, new Then.End(7))).isEqualTo(new Kept.Over(2));
    assertThat(keep(scene, worker, stream, 1, END_LOST)).isEqualTo(new Kept.Over(2));
    assertThat(keep(scene, worker, stream, 3, NEXT, data(1))).isEqualTo(new Kept.Over(2));
    assertThat(keep(scene, worker, stream, 1, NEXT, data(1))).isEqualTo(new Kept.Entered(2));
    assertThat(keep(scene, worker, stream, 2, WRITE_ON, data(0, "step_2", 1), data(1)))
        .isEqualTo(new Kept.Taken(false));
    assertThat(all(scene, stream).chunks()).containsExactly(data(0), data(1));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule({"ARC-6", "L9"})
  default void oneIndexStandsForWhatADeadWriterMayHaveHad(StorageScene scene) {
    WorkerId dead = scene.worker();
    WorkerId living = scene.worker();
    StreamId stream = entered(scene, dead);
    keep(scene, dead, stream, 1, WRITE_ON, data(0));
    keep(scene, living, stream, 0, NEXT);
    scene.storage().retire(dead);
    Kept next = keep(scene, living, stream, 1, NEXT, data(1), data(4));
    assertThat(next)
        .isEqualTo(new Kept.Opened(new Life(2, 6, Map.of("step_1", new Standing(1, 0)))));
    Archived kept = all(scene, stream);
    assertThat(kept.chunks()).containsExactly(data(0), data(1), data(4));
    assertThat(kept.settled()).isEqualTo(6);
    assertThat(kept.endOf(1)).isEqualTo(6);
    assertThat(kept.endOf(2)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-7")
  default void anEndedStreamTakesNothingMore(StorageScene scene) {
    WorkerId worker = scene.worker();
    StreamId stream = entered(scene, worker);
    Kept ended = new Kept.Ended(2, 3);
    Then end = new Then.End(3);
    assertThat(keep(scene, worker, stream, 1, end)).isEqualTo(new Kept.Missing(0));
    assertThat(keep(scene, worker, stream, 1, end, data(0), data(2)))
        .isEqualTo(new Kept.Missing(1));
    assertThat(keep(scene, worker, stream, 1, end, data(1))).isEqualTo(ended);
    assertThat(keep(scene, worker, stream, 1, WRITE_ON, data(3))).isEqualTo(ended);
    assertThat(keep(scene, worker, stream, 1, NEXT, data(3))).isEqualTo(ended);
    assertThat(keep(scene, worker, stream, 0, NEXT)).isEqualTo(ended);
    assertThat(all(scene, stream))
        .isEqualTo(new Archived(List.of(0L, 3L), true, List.of(data(0), data(1), data(2))));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-7")
  default void aLostStreamEndsWhenEverybodyHasLeftIt(StorageScene scene) {
    WorkerId writer = scene.worker();
    WorkerId other = scene.worker();
    StreamId stream = entered(scene, writer);
    assertThat(keep(scene, other, stream, 1, END_LOST)).isEqualTo(new Kept.Waiting());
    keep(scene, writer, stream, 1, LEAVE, data(0), data(1));
    assertThat(keep(scene, other, stream, 1, END_LOST)).isEqualTo(new Kept.Ended(2, 2));
    assertThat(all(scene, stream).ended()).isTrue();
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-7")
  default void streamsOutliveTheirRun(StorageScene scene) {
    WorkerId worker = scene.worker();
    RunId run = scene.ended().getFirst();
    StreamId stream = new StreamId(run, "late");
    assertThat(keep(scene, worker, stream, 0, NEXT)).isEqualTo(opened(1, 0));
    assertThat(keep(scene, worker, stream, 1, new Then.End(1), data(0)))
        .isEqualTo(new Kept.Ended(2, 1));
    assertThat(all(scene, stream).chunks()).containsExactly(data(0));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-8")
  default void manyStreamsAreKeptAtOnceAndApart(StorageScene scene) {
    WorkerId worker = scene.worker();
    StreamId known = entered(scene, worker);
    StreamId fresh = new StreamId(known.run(), "x".repeat(5_000));
    StreamId unknown = new StreamId(known.run(), "unknown");
    List<Kept> answers =
        scene
            .storage()
            .archive(
                List.of(
                    new Section(worker, fresh, 0, List.of(), NEXT),
                    new Section(worker, known, 1, List.of(data(0)), WRITE_ON),
                    new Section(worker, unknown, 1, List.of(data(0)), WRITE_ON),
                    new Section(worker, known, 1, List.of(data(1)), LEAVE)));
    assertThat(answers)
        .containsExactly(
            opened(1, 0), new Kept.Taken(false), new Kept.Over(0), new Kept.Taken(false));
    assertThat(scene.storage().archive(List.of())).isEmpty();
    assertThat(scene.peer().archivedStreams(known.run())).containsExactly("out", fresh.name());
    assertThat(all(scene, known).chunks()).hasSize(2);
    assertThat(all(scene, fresh).chunks()).isEmpty();
    assertThat(all(scene, unknown)).isEqualTo(new Archived(List.of(), false, List.of()));
    assertThat(scene.peer().archivedStreams(stream(scene).run())).isEmpty();
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule({"ARC-4", "L9"})
  default void whatWorkersHoldIsKnown(StorageScene scene) {
    WorkerId worker = scene.worker();
    WorkerId other = scene.worker();
    StreamId held = entered(scene, worker);
    StreamId left = entered(scene, worker);
    keep(scene, worker, left, 1, LEAVE, data(0));
    StreamId fresh = entered(scene, worker);
    StreamId ofOther = entered(scene, other);
    keep(scene, other, held, 0, NEXT);
    keep(scene, worker, held, 1, NEXT, data(0), data(1));
    keep(scene, other, held, 1, NEXT, data(2));
    keep(scene, other, held, 2, WRITE_ON, data(3), data(5));
    assertThat(scene.peer().heldBy(List.of(worker))).containsExactly(new Held(fresh, 1, 0));
    assertThat(scene.peer().heldBy(List.of(other)))
        .containsExactlyInAnyOrder(new Held(held, 2, 4), new Held(ofOther, 1, 0));
    assertThat(scene.peer().heldBy(List.of())).isEmpty();
  }

  @Test
  @Rule({"ARC-9", "L9"})
  default void anArchiveThatIsDeclinedIsRefused(StorageScene scene) {
    StreamId stream = stream(scene);
    if (!scene.storage().declined().contains(Capability.STREAM_ARCHIVE)) {
      assertThat(keep(scene, scene.worker(), stream, 0, NEXT)).isEqualTo(opened(1, 0));
      return;
    }
    for (Runnable call :
        List.<Runnable>of(
            () -> keep(scene, scene.worker(), stream, 0, NEXT),
            () -> all(scene, stream),
            () -> scene.storage().heldBy(List.of()),
            () -> scene.storage().archivedStreams(stream.run()))) {
      Throwable thrown = catchThrowable(call::run);
      assertThat(thrown).isInstanceOf(WorldException.class);
      assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }
  }
}
