package dev.fantasticfour.world.tck.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Racers;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Live reads: all of a stream, in order, as it comes. */
public interface LiveReadChapter {

  /** Too short for anything to come by chance, long enough to look. */
  Duration SHORT = Duration.ofMillis(30);

  private static List<Long> indices(List<Chunk> chunks) {
    return chunks.stream().map(Chunk::index).toList();
  }

  @Test
  @Rule("ST-15")
  default void whoComesLateGetsEverythingAndThenTheEnd(StreamScene scene) {
    StreamId stream = scene.stream();
    scene.write(stream, "a");
    scene.write(stream, "b", "c");
    scene.streamer().end(stream);
    List<Chunk> all =
        List.of(StreamScene.data(0, "a"), StreamScene.data(1, "b"), StreamScene.data(2, "c"));
    assertThat(scene.readToEnd(scene.streamer(), stream, 0)).isEqualTo(all);
    assertThat(scene.readToEnd(scene.peer(), stream, 0)).isEqualTo(all);
  }

  @Test
  @Rule("ST-4")
  default void chunksArriveAsTheyAreWritten(StreamScene scene) {
    StreamId stream = scene.stream();
    try (Reader here = scene.streamer().read(stream, 0);
        Reader there = scene.peer().read(stream, 0)) {
      for (int i = 0; i < 5; i++) {
        scene.write(stream, "" + i);
        assertThat(scene.read(here, 1)).containsExactly(StreamScene.data(i, "" + i));
        assertThat(scene.read(there, 1)).containsExactly(StreamScene.data(i, "" + i));
      }
      scene.streamer().end(stream);
      assertThat(scene.next(here)).isEqualTo(new Read.End());
      assertThat(scene.next(there)).isEqualTo(new Read.End());
      assertThat(scene.next(there)).as("and it stays so").isEqualTo(new Read.End());
    }
  }

  @Test
  @Rule("ST-4")
  default void aReaderThatWaitsIsToldEachChunkOnce(StreamScene scene) throws Exception {
    StreamId stream = scene.stream();
    List<Chunk> told = new CopyOnWriteArrayList<>();
    Reader reader = scene.peer().read(stream, 0);
    FutureTask<Read> reading =
        new FutureTask<>(
            () -> {
              Read read = scene.next(reader);
              while (read instanceof Read.Chunks(List<Chunk> chunks)) {
                told.addAll(chunks);
                read = scene.next(reader);
              }
              return read;
            });
    Thread.ofVirtual().start(reading);
    for (int i = 0; i < 20; i++) {
      int before = i;
      scene.stage().await("the reader was told all there is", () -> told.size() >= before);
      scene.write(stream, "" + i);
    }
    scene.streamer().end(stream);
    assertThat(reading.get(60, TimeUnit.SECONDS)).isEqualTo(new Read.End());
    assertThat(indices(told))
        .as("the indices that a reader was told")
        .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
    reader.close();
  }

  @Test
  @Rule("ST-8")
  default void aReadOfAnUnknownStreamWaits(StreamScene scene) {
    StreamId stream = scene.stream();
    try (Reader reader = scene.peer().read(stream, 0)) {
      assertThat(StreamScene.next(reader, SHORT)).isEqualTo(new Read.Nothing());
      assertThat(StreamScene.next(reader, Duration.ZERO)).isEqualTo(new Read.Nothing());
      scene.write(stream, "a");
      assertThat(scene.read(reader, 1)).containsExactly(StreamScene.data(0, "a"));
      assertThat(StreamScene.next(reader, SHORT)).isEqualTo(new Read.Nothing());
    }
  }

  @Test
  @Rule({"ST-5", "ST-6"})
  default void aReadBeginsAtTheIndexThatIsWanted(StreamScene scene) {
    StreamId stream = scene.counted(5);
    scene.streamer().end(stream);
    assertThat(indices(scene.readToEnd(scene.peer(), stream, 0)))
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(indices(scene.readToEnd(scene.peer(), stream, 1))).containsExactly(1L, 2L, 3L, 4L);
    assertThat(indices(scene.readToEnd(scene.peer(), stream, 4))).containsExactly(4L);
    assertThat(scene.readToEnd(scene.peer(), stream, 5)).isEmpty();
    assertThat(scene.readToEnd(scene.peer(), stream, 10)).isEmpty();
  }

  @Test
  @Rule("ST-6")
  default void aReadAheadOfTheStreamWaitsForItsIndex(StreamScene scene) {
    StreamId stream = scene.stream();
    try (Reader reader = scene.peer().read(stream, 2)) {
      scene.write(stream, "a", "b");
      assertThat(StreamScene.next(reader, SHORT)).isEqualTo(new Read.Nothing());
      scene.write(stream, "c");
      assertThat(scene.read(reader, 1)).containsExactly(StreamScene.data(2, "c"));
    }
  }

  @Test
  @Rule("ST-7")
  default void aNegativeIndexCountsFromTheEnd(StreamScene scene) {
    StreamId open = scene.counted(10);
    StreamId ended = scene.counted(10);
    scene.streamer().end(ended);
    for (StreamId stream : List.of(open, ended)) {
      for (int back : List.of(3, 10, 11, 1)) {
        try (Reader reader = scene.peer().read(stream, -back)) {
          int count = Math.min(back, 10);
          assertThat(scene.read(reader, count).getFirst().index()).isEqualTo(10 - count);
        }
      }
    }
    StreamId empty = scene.stream();
    try (Reader reader = scene.peer().read(empty, -2)) {
      scene.write(empty, "a");
      assertThat(scene.read(reader, 1)).containsExactly(StreamScene.data(0, "a"));
    }
  }

  @Test
  @Rule("ST-11")
  default void anEmptyChunkEndsNothing(StreamScene scene) {
    StreamId stream = scene.stream();
    try (Reader reader = scene.peer().read(stream, 0)) {
      scene.write(stream, "a", "", "b");
      assertThat(indices(scene.read(reader, 3))).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  @Rule("ST-17")
  default void aSlowReaderHoldsUpNobody(StreamScene scene) {
    StreamId stream = scene.counted(10);
    try (Reader slow = scene.streamer().read(stream, 0);
        Reader fast = scene.streamer().read(stream, 0)) {
      assertThat(scene.read(fast, 10)).hasSize(10);
      String more = "x".repeat(Harness.sized(10, 350_000));
      for (int i = 0; i < 300; i++) {
        scene.write(stream, more);
        assertThat(scene.read(fast, 1)).hasSize(1);
      }
      for (int read = 0; read < 310; ) {
        for (Chunk chunk : ((Read.Chunks) scene.next(slow)).chunks()) {
          assertThat(chunk.index()).isEqualTo(read++);
        }
      }
    }
  }

  @Test
  @Rule("ST-14")
  default void aReaderThatIsClosedDisturbsNobody(StreamScene scene) {
    StreamId stream = scene.counted(1);
    for (int i = 0; i < 50; i++) {
      scene.peer().read(stream, 0).close();
    }
    try (Reader reader = scene.peer().read(stream, 0)) {
      scene.peer().read(stream, 0).close();
      scene.write(stream, "b");
      assertThat(scene.read(reader, 2)).hasSize(2);
    }
  }

  @Test
  @Rule("ST-14")
  default void closingAnInstanceEndsItsReads(StreamScene scene) throws Exception {
    StreamId stream = scene.stream();
    Streamer another = scene.stage().another();
    Reader reader = another.read(stream, 0);
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () ->
                ended.complete(
                    catchThrowable(() -> StreamScene.next(reader, Duration.ofMinutes(1)))));
    another.close();
    Throwable thrown = ended.get(20, TimeUnit.SECONDS);
    assertThat(thrown).isInstanceOf(WorldException.class);
    assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.CLOSED);
  }

  @Test
  @Rule("ST-14")
  default void readersThatAreClosedLeaveNothingBehind(StreamScene scene) {
    StreamId stream = scene.counted(3);
    openAndClose(scene, stream, 20);
    long before = Racers.otherThreads();
    openAndClose(scene, stream, 200);
    scene
        .stage()
        .await(
            "there are about as many threads as before",
            () -> Racers.otherThreads() <= before + 10);
  }

  private static void openAndClose(StreamScene scene, StreamId stream, int times) {
    for (int i = 0; i < times; i++) {
      try (Reader reader = scene.peer().read(stream, i % 4)) {
        assertThat(StreamScene.next(reader, Duration.ZERO)).isNotInstanceOf(Read.End.class);
      }
    }
  }
}
