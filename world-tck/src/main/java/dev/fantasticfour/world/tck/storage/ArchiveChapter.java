package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.KeptStream.END_LOST;
import static dev.fantasticfour.world.tck.storage.KeptStream.LEAVE;
import static dev.fantasticfour.world.tck.storage.KeptStream.NEXT;
import static dev.fantasticfour.world.tck.storage.KeptStream.WRITE_ON;
import static dev.fantasticfour.world.tck.storage.KeptStream.data;
import static dev.fantasticfour.world.tck.storage.KeptStream.entered;
import static dev.fantasticfour.world.tck.storage.KeptStream.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Streams as they are kept for good. */
public interface ArchiveChapter {

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-1")
  default void whatIsKeptIsKeptOnceAndForGood(StorageScene scene) {
    WorkerId worker = scene.worker();
    KeptStream stream = entered(scene, worker);
    assertThat(stream.keep(worker, 1, WRITE_ON, data(0), data(1))).isEqualTo(new Kept.Taken(false));
    Chunk other = data(1, "step_2", 9);
    assertThat(stream.keep(worker, 1, WRITE_ON, data(0), other, data(2)))
        .isEqualTo(new Kept.Taken(false));
    assertThat(stream.all())
        .isEqualTo(new Archived(List.of(0L), false, List.of(data(0), data(1), data(2))));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-2")
  default void chunksAreReadByIndexHoweverTheyCame(StorageScene scene) {
    WorkerId worker = scene.worker();
    KeptStream stream = entered(scene, worker);
    for (long index : List.of(3L, 0L, 2L)) {
      stream.keep(worker, 1, WRITE_ON, data(index));
    }
    assertThat(stream.all().chunks()).containsExactly(data(0), data(2), data(3));
    assertThat(stream.from(1, 1).chunks()).containsExactly(data(2));
    assertThat(stream.from(3, 9).chunks()).containsExactly(data(3));
    assertThat(stream.from(4, 9).chunks()).isEmpty();
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-2")
  default void aLongStreamIsReadPieceByPiece(StorageScene scene) {
    WorkerId worker = scene.worker();
    KeptStream stream = entered(scene, worker);
    Chunk[] chunks = LongStream.range(0, 2_500).mapToObj(i -> data(i)).toArray(Chunk[]::new);
    stream.keep(worker, 1, WRITE_ON, chunks);
    List<Chunk> read = new ArrayList<>();
    List<Chunk> piece = stream.from(0, 1_000).chunks();
    while (!piece.isEmpty()) {
      assertThat(piece).hasSizeLessThanOrEqualTo(1_000);
      read.addAll(piece);
      piece = stream.from(read.size(), 1_000).chunks();
    }
    assertThat(read).containsExactly(chunks);
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-2")
  default void everyByteIsKept(StorageScene scene) {
    WorkerId worker = scene.worker();
    KeptStream stream = entered(scene, worker);
    Chunk[] chunks = {
      new Chunk.Data(0, Payload.json("{\"a\" : 1.0, \"ü\":\"\\u0000\"}"), null, 0),
      new Chunk.Data(1, Payload.binary(new byte[] {0, -1, 7}), "step_1", 3),
      new Chunk.Data(2, Payload.json(""), null, 0),
      new Chunk.Data(3, Payload.json("no json"), null, 0),
      new Chunk.Data(
          4, Payload.of("mine", "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8)), "s", 1),
      new Chunk.Restarted(5, "step_1", 1)
    };
    stream.keep(worker, 1, WRITE_ON, chunks);
    assertThat(stream.all().chunks()).containsExactly(chunks);
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-7")
  default void anEndedStreamTakesNothingMore(StorageScene scene) {
    WorkerId worker = scene.worker();
    KeptStream stream = entered(scene, worker);
    Kept ended = new Kept.Ended(2, 3);
    Then end = new Then.End(3);
    assertThat(stream.keep(worker, 1, end)).isEqualTo(new Kept.Missing(0));
    assertThat(stream.keep(worker, 1, end, data(0), data(2))).isEqualTo(new Kept.Missing(1));
    assertThat(stream.keep(worker, 1, end, data(1))).isEqualTo(ended);
    assertThat(stream.keep(worker, 1, WRITE_ON, data(3))).isEqualTo(ended);
    assertThat(stream.keep(worker, 1, NEXT, data(3))).isEqualTo(ended);
    assertThat(stream.keep(worker, 0, NEXT)).isEqualTo(ended);
    assertThat(stream.all())
        .isEqualTo(new Archived(List.of(0L, 3L), true, List.of(data(0), data(1), data(2))));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-7")
  default void aLostStreamEndsWhenEverybodyHasLeftIt(StorageScene scene) {
    WorkerId writer = scene.worker();
    WorkerId other = scene.worker();
    KeptStream stream = entered(scene, writer);
    assertThat(stream.keep(other, 1, END_LOST)).isEqualTo(new Kept.NotYet());
    stream.keep(writer, 1, LEAVE, data(0), data(1));
    assertThat(stream.keep(other, 1, END_LOST)).isEqualTo(new Kept.Ended(2, 2));
    assertThat(stream.all().ended()).isTrue();
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-7")
  default void streamsOutliveTheirRun(StorageScene scene) {
    WorkerId worker = scene.worker();
    RunId run = scene.ended().getFirst();
    KeptStream stream = new KeptStream(scene, new StreamId(run, "late"));
    assertThat(stream.keep(worker, 0, NEXT)).isEqualTo(opened(1, 0));
    assertThat(stream.keep(worker, 1, new Then.End(1), data(0))).isEqualTo(new Kept.Ended(2, 1));
    assertThat(stream.all().chunks()).containsExactly(data(0));
  }

  @Test
  @Requires(Capability.STREAM_ARCHIVE)
  @Rule("ARC-8")
  default void manyStreamsAreKeptAtOnceAndApart(StorageScene scene) {
    WorkerId worker = scene.worker();
    KeptStream known = entered(scene, worker);
    KeptStream fresh = new KeptStream(scene, new StreamId(known.id().run(), "x".repeat(5_000)));
    KeptStream unknown = new KeptStream(scene, new StreamId(known.id().run(), "unknown"));
    List<Kept> answers =
        scene
            .storage()
            .archive(
                List.of(
                    new Section(worker, fresh.id(), 0, List.of(), NEXT),
                    new Section(worker, known.id(), 1, List.of(data(0)), WRITE_ON),
                    new Section(worker, unknown.id(), 1, List.of(data(0)), WRITE_ON),
                    new Section(worker, known.id(), 1, List.of(data(1)), LEAVE)));
    assertThat(answers)
        .containsExactly(
            opened(1, 0), new Kept.Taken(false), new Kept.Over(0), new Kept.Taken(false));
    assertThat(scene.storage().archive(List.of())).isEmpty();
    assertThat(scene.peer().archivedStreams(known.id().run()))
        .containsExactly("out", fresh.id().name());
    assertThat(known.all().chunks()).hasSize(2);
    assertThat(fresh.all().chunks()).isEmpty();
    assertThat(unknown.all()).isEqualTo(new Archived(List.of(), false, List.of()));
    assertThat(scene.peer().archivedStreams(KeptStream.of(scene).id().run())).isEmpty();
  }

  @Test
  @Rule({"ARC-9", "L9"})
  default void anArchiveThatIsDeclinedIsRefused(StorageScene scene) {
    KeptStream stream = KeptStream.of(scene);
    if (!scene.storage().declined().contains(Capability.STREAM_ARCHIVE)) {
      assertThat(stream.keep(scene.worker(), 0, NEXT)).isEqualTo(opened(1, 0));
      return;
    }
    for (Runnable call :
        List.<Runnable>of(
            () -> stream.keep(scene.worker(), 0, NEXT),
            () -> stream.all(),
            () -> scene.storage().heldBy(List.of()),
            () -> scene.storage().archivedStreams(stream.id().run()))) {
      Throwable thrown = catchThrowable(call::run);
      assertThat(thrown).isInstanceOf(WorldException.class);
      assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }
  }
}
