package dev.fantasticfour.world.tck.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Streams as they are written, ended, paged and listed. */
public interface WriteChapter {

  private static void refused(ErrorCode code, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(WorldException.class);
    assertThat(((WorldException) thrown).code()).isEqualTo(code);
  }

  private static PageRequest page(int limit) {
    return new PageRequest(limit, null, Order.ASCENDING);
  }

  @Test
  @Rule({"ST-1", "ST-2"})
  default void chunksGetTheNextIndices(StreamScene scene) {
    StreamId stream = scene.stream();
    assertThat(scene.write(stream, "a")).isEqualTo(new Written.Stored(0));
    assertThat(scene.write(stream, "b", "c")).isEqualTo(new Written.Stored(1));
    assertThat(scene.peer().write(stream, null, StreamScene.texts("d")))
        .isEqualTo(new Written.Stored(3));
    assertThat(StreamScene.all(scene.peer(), stream, 10))
        .containsExactly(
            StreamScene.data(0, "a"),
            StreamScene.data(1, "b"),
            StreamScene.data(2, "c"),
            StreamScene.data(3, "d"));
    assertThat(scene.streamer().info(stream)).isEqualTo(new Info(4, false));
  }

  @Test
  @Rule({"ST-1", "8.11"})
  default void chunksOfAnySizeAndCodecAreKeptExactly(StreamScene scene) {
    byte[] large = new byte[1 << 20];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 17);
    }
    List<Payload> payloads =
        List.of(
            Payload.binary(new byte[0]),
            Payload.binary(large),
            Payload.of("odd codec/ü", new byte[] {0, -1}),
            Payload.json("\"\uD83D\uDE00\\u0000\""),
            Payload.json(""));
    StreamId stream = scene.stream();
    scene.streamer().write(stream, null, payloads);
    assertThat(StreamScene.all(scene.peer(), stream, 10))
        .extracting(chunk -> ((Chunk.Data) chunk).payload())
        .containsExactlyElementsOf(payloads);
  }

  @Test
  @Rule("ST-11")
  default void anEmptyListWritesNothingAndMakesNoStream(StreamScene scene) {
    StreamId stream = scene.stream();
    scene.streamer().write(stream, null, List.of());
    assertThat(scene.streamer().list(stream.run())).isEmpty();
    assertThat(scene.streamer().info(stream)).isEqualTo(new Info(0, false));
  }

  @Test
  @Rule("ST-8")
  default void anUnknownStreamIsEmptyAndOpen(StreamScene scene) {
    StreamId stream = scene.stream();
    Page<Chunk> page = scene.streamer().chunks(stream, page(10));
    assertThat(page.items()).isEmpty();
    assertThat(page.hasMore()).isFalse();
    assertThat(scene.streamer().info(stream)).isEqualTo(new Info(0, false));
    assertThat(scene.streamer().list(stream.run())).isEmpty();
  }

  @Test
  @Rule({"ST-9", "ST-10"})
  default void nothingIsStoredAfterTheEnd(StreamScene scene) {
    StreamId stream = scene.stream();
    scene.write(stream, "a");
    scene.streamer().end(stream);
    scene.peer().end(stream);
    assertThat(scene.write(stream, "b")).isEqualTo(new Written.Ended());
    assertThat(scene.streamer().info(stream)).isEqualTo(new Info(1, true));
    assertThat(StreamScene.all(scene.streamer(), stream, 10))
        .containsExactly(StreamScene.data(0, "a"));
  }

  @Test
  @Rule("ST-8")
  default void endingAnUnknownStreamMakesIt(StreamScene scene) {
    StreamId stream = scene.stream();
    scene.streamer().end(stream);
    assertThat(scene.peer().info(stream)).isEqualTo(new Info(0, true));
    assertThat(scene.peer().list(stream.run())).containsExactly("out");
  }

  @Test
  @Rule("ST-9")
  default void allStreamsOfARunAreEndedAtOnce(StreamScene scene) {
    RunId run = StreamScene.runId();
    StreamId one = scene.stream(run, "one");
    StreamId two = scene.stream(run, "two");
    StreamId foreign = scene.stream();
    List.of(one, two, foreign).forEach(stream -> scene.write(stream, "a"));
    scene.peer().endAll(run);
    scene.peer().endAll(run);
    scene.peer().endAll(StreamScene.runId());
    assertThat(scene.streamer().info(one)).isEqualTo(new Info(1, true));
    assertThat(scene.streamer().info(two)).isEqualTo(new Info(1, true));
    assertThat(scene.streamer().info(foreign)).isEqualTo(new Info(1, false));
    assertThat(scene.write(one, "b")).isEqualTo(new Written.Ended());
  }

  @Test
  @Rule("ST-19")
  default void aStreamIsItsRunAndItsName(StreamScene scene) {
    RunId run = StreamScene.runId();
    RunId other = StreamScene.runId();
    List<String> names = List.of("a", "A", "a ", "strm_/ü{x}:%\uD83D\uDE00", "a*", "n".repeat(300));
    names.forEach(name -> scene.write(scene.stream(run, name), name));
    scene.write(scene.stream(other, "a"), "other");
    names.forEach(
        name ->
            assertThat(StreamScene.all(scene.peer(), scene.stream(run, name), 10))
                .containsExactly(StreamScene.data(0, name)));
    assertThat(scene.peer().list(run)).containsExactlyInAnyOrderElementsOf(names);
    assertThat(scene.peer().list(other)).containsExactly("a");
  }

  @Test
  @Rule("3.3")
  default void namesAreListedSortedAndOnce(StreamScene scene) {
    RunId run = StreamScene.runId();
    for (String name : List.of("c", "a", "b", "a")) {
      scene.write(scene.stream(run, name), "x");
    }
    assertThat(scene.streamer().list(run)).containsExactly("a", "b", "c");
  }

  @Test
  @Rule({"PAG-1", "PAG-2", "ST-16"})
  default void aLongStreamIsReadByPage(StreamScene scene) {
    StreamId stream = scene.stream();
    int blocks = Harness.sized(5, 20);
    for (int i = 0; i < blocks; i++) {
      int block = i * 500;
      scene
          .streamer()
          .write(
              stream,
              null,
              IntStream.range(block, block + 500).mapToObj(n -> Payload.json("" + n)).toList());
    }
    for (int limit : List.of(7, 1000)) {
      List<Chunk> chunks = StreamScene.all(scene.peer(), stream, limit);
      assertThat(chunks).hasSize(500 * blocks);
      assertThat(chunks.get(1234)).isEqualTo(StreamScene.data(1234, "1234"));
    }
    Page<Chunk> most = scene.streamer().chunks(stream, page(5000));
    assertThat(most.items()).hasSize(1000);
    assertThat(most.hasMore()).isTrue();
  }

  @Test
  @Rule({"PAG-3", "ST-12"})
  default void theCursorAtTheEndLeadsToWhatIsWrittenLater(StreamScene scene) {
    StreamId stream = scene.stream();
    Page<Chunk> empty = scene.streamer().chunks(stream, page(10));
    assertThat(empty.cursor()).as("a cursor at the start of an empty stream").isNotNull();
    scene.write(stream, "a", "b");
    Page<Chunk> read = scene.peer().chunks(stream, page(10).after(empty.cursor()));
    assertThat(read.items()).hasSize(2);
    assertThat(read.hasMore()).isFalse();
    scene.write(stream, "c");
    assertThat(scene.peer().chunks(stream, page(10).after(read.cursor())).items())
        .containsExactly(StreamScene.data(2, "c"));
  }

  @Test
  @Rule("PAG-7")
  default void aPageThatCannotBeIsRefused(StreamScene scene) {
    StreamId stream = scene.counted(3);
    StreamId other = scene.counted(3);
    String cursor = scene.streamer().chunks(stream, page(1)).cursor();
    Streamer streamer = scene.streamer();
    refused(ErrorCode.INVALID_ARGUMENT, () -> streamer.chunks(stream, page(1).after("garbage")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> streamer.chunks(other, page(1).after(cursor)));
    refused(
        ErrorCode.INVALID_ARGUMENT, () -> streamer.chunks(stream, page(1).in(Order.DESCENDING)));
  }

  @Test
  @Rule("8.12")
  default void aClosedInstanceRefusesEverything(StreamScene scene) {
    StreamId stream = scene.counted(1);
    Streamer another = scene.stage().another();
    another.close();
    another.close();
    refused(ErrorCode.CLOSED, () -> another.info(stream));
    refused(ErrorCode.CLOSED, () -> another.write(stream, null, StreamScene.texts("b")));
    assertThat(scene.streamer().info(stream)).isEqualTo(new Info(1, false));
  }

  @Test
  @Rule("8.12")
  default void anInstanceSaysWhatItIs(StreamScene scene) {
    assertThat(scene.streamer().version()).isNotBlank();
    assertThat(scene.streamer().declined()).isEqualTo(scene.peer().declined());
  }

  @Test
  @Rule({"8.11", "3.3"})
  default void aRunMayHaveVeryManyStreams(StreamScene scene) {
    RunId run = StreamScene.runId();
    List<String> names =
        IntStream.range(0, Harness.sized(60, 1_000)).mapToObj("stream-%05d"::formatted).toList();
    names.forEach(name -> scene.write(scene.stream(run, name), name));
    assertThat(scene.peer().list(run)).isEqualTo(names);
    assertThat(StreamScene.all(scene.peer(), scene.stream(run, names.getLast()), 10))
        .containsExactly(StreamScene.data(0, names.getLast()));
  }
}
