package dev.fantasticfour.world.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.WriteId;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;

final class RedisStreamerTest {

  static final Duration LONG = Duration.ofSeconds(10);

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  private final StreamId stream = new StreamId(new RunId("wrun_{1}"), "out / {ü}%");
  private RedisStreamer streamer;

  @BeforeEach
  void open() {
    streamer = redis.streamer();
  }

  static List<Payload> texts(String... texts) {
    return IntStream.range(0, texts.length).mapToObj(i -> Payload.json(texts[i])).toList();
  }

  static Chunk data(long index, String text) {
    return new Chunk.Data(index, Payload.json(text), null, 0);
  }

  private Written write(String... texts) {
    return streamer.write(stream, null, texts(texts));
  }

  /** Everything up to the end. */
  static List<Chunk> readAll(Streamer streamer, StreamId stream, long from) throws Exception {
    List<Chunk> all = new ArrayList<>();
    try (Reader reader = streamer.read(stream, from)) {
      while (true) {
        switch (reader.next(LONG)) {
          case Read.Chunks chunks -> all.addAll(chunks.chunks());
          case Read.End end -> {
            return all;
          }
          case Read.Nothing nothing -> throw new AssertionError("no end after " + all.size());
          case Read.Truncated truncated -> throw new AssertionError(truncated);
        }
      }
    }
  }

  @Test
  void whatIsWrittenIsReadInOrderUntilTheEnd() throws Exception {
    assertThat(write("a")).isEqualTo(new Written.Stored(0));
    assertThat(write("b", "c")).isEqualTo(new Written.Stored(1));
    streamer.end(stream);

    assertThat(readAll(redis.streamer(), stream, 0))
        .containsExactly(data(0, "a"), data(1, "b"), data(2, "c"));
    assertThat(readAll(streamer, stream, 2)).containsExactly(data(2, "c"));
    assertThat(readAll(streamer, stream, 3)).isEmpty();
    assertThat(readAll(streamer, stream, 8)).isEmpty();
  }

  @Test
  void sizesCodecsAndEmptyChunksAreKept() throws Exception {
    byte[] large = new byte[1 << 20];
    large[77] = -1;
    List<Payload> chunks =
        List.of(
            Payload.binary(large),
            Payload.binary(new byte[0]),
            Payload.of("x", new byte[] {0, 13, 10}),
            Payload.json("\"😀\""));

    streamer.write(stream, new Writer("step", 3), chunks);
    streamer.end(stream);

    assertThat(readAll(streamer, stream, 0))
        .containsExactlyElementsOf(
            IntStream.range(0, 4)
                .<Chunk>mapToObj(i -> new Chunk.Data(i, chunks.get(i), "step", 3))
                .toList());
  }

  @Test
  void anEmptyWriteDoesNothing() {
    assertThat(write()).isEqualTo(new Written.Stored(0));

    assertThat(streamer.list(stream.run())).isEmpty();
    assertThat(redis.storedKeys()).isEmpty();
  }

  @Test
  void aLiveReaderSeesEachChunkBeforeTheNextIsWrittenAndThenTheEnd() throws Exception {
    Streamer other = redis.streamer();
    try (Reader reader = other.read(stream, 0)) {
      assertThat(reader.next(Duration.ZERO)).isEqualTo(new Read.Nothing());
      for (int i = 0; i < 5; i++) {
        write("" + i);
        assertThat(reader.next(LONG)).isEqualTo(new Read.Chunks(List.of(data(i, "" + i))));
      }
      streamer.end(stream);
      assertThat(reader.next(LONG)).isEqualTo(new Read.End());
      assertThat(reader.next(Duration.ZERO)).isEqualTo(new Read.End());
    }
  }

  @Test
  void aNotificationWakesAReaderLongBeforeItsPoll() throws Exception {
    Streamer slow = redis.streamer(StreamSettings.defaults().withPoll(Duration.ofMinutes(1)));
    try (Reader reader = slow.read(stream, 0)) {
      reader.next(Duration.ofMillis(100));
      for (int i = 0; i < 50; i++) {
        String text = "" + i;
        Thread.startVirtualThread(() -> write(text));
        assertThat(reader.next(LONG)).isInstanceOf(Read.Chunks.class);
      }
    }
  }

  @Test
  void withoutAnyNotificationAReaderGoesOnByItself() throws Exception {
    try (Reader reader = streamer.read(stream, 0)) {
      reader.next(Duration.ofMillis(50));
      redis
          .client()
          .getTopic(redis.keys().channel(stream), ByteArrayCodec.INSTANCE)
          .removeAllListeners();
      write("a");
      assertThat(reader.next(LONG)).isEqualTo(new Read.Chunks(List.of(data(0, "a"))));
    }
  }

  @Test
  void aWriteAndEndRightAfterOpeningAreNeverMissed() throws Exception {
    for (int round = 0; round < 50; round++) {
      StreamId each = new StreamId(stream.run(), "s" + round);
      try (Reader reader = streamer.read(each, 0)) {
        Thread writer =
            Thread.startVirtualThread(
                () -> {
                  streamer.write(each, null, texts("x"));
                  streamer.end(each);
                });
        assertThat(reader.next(LONG)).isEqualTo(new Read.Chunks(List.of(data(0, "x"))));
        assertThat(reader.next(LONG)).isEqualTo(new Read.End());
        writer.join();
      }
    }
  }

  @Test
  void negativeStartsCountFromTheChunksThereAre() throws Exception {
    write("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    streamer.end(stream);

    assertThat(readAll(streamer, stream, -3)).hasSize(3);
    assertThat(readAll(streamer, stream, -10)).hasSize(10);
    assertThat(readAll(streamer, stream, -11)).hasSize(10);
    assertThat(readAll(streamer, stream, -1)).containsExactly(data(9, "9"));
  }

  @Test
  void aStartBeyondAnOpenStreamWaitsForThatIndex() throws Exception {
    try (Reader reader = streamer.read(stream, 2);
        Reader last = streamer.read(stream, -2)) {
      assertThat(reader.next(Duration.ZERO)).isEqualTo(new Read.Nothing());
      write("0", "1");
      redis
          .client()
          .getTopic(redis.keys().channel(stream), ByteArrayCodec.INSTANCE)
          .publish(new byte[] {1});
      assertThat(reader.next(Duration.ofMillis(100))).isEqualTo(new Read.Nothing());
      write("2");
      assertThat(reader.next(LONG)).isEqualTo(new Read.Chunks(List.of(data(2, "2"))));
      assertThat(((Read.Chunks) last.next(LONG)).chunks()).hasSize(3);
    }
  }

  @Test
  void anUnknownStreamIsEmptyOpenAndUnlisted() throws Exception {
    assertThat(streamer.info(stream)).isEqualTo(new Info(0, false));
    assertThat(streamer.list(stream.run())).isEmpty();
    Page<Chunk> page = streamer.chunks(stream, PageRequest.oldestFirst());
    assertThat(page.items()).isEmpty();
    assertThat(page.hasMore()).isFalse();
    write("late");
    assertThat(streamer.chunks(stream, PageRequest.oldestFirst().after(page.cursor())).items())
        .containsExactly(data(0, "late"));
  }

  @Test
  void theFirstEndWinsAndNothingIsStoredAfterIt() throws Exception {
    streamer.end(stream);
    streamer.end(stream);

    assertThat(write("late")).isEqualTo(new Written.Ended());
    assertThat(streamer.info(stream)).isEqualTo(new Info(0, true));
    assertThat(streamer.list(stream.run())).containsExactly(stream.name());
    assertThat(readAll(streamer, stream, 0)).isEmpty();
  }

  @Test
  void aHigherAttemptIsMarkedAndALowerOneRefused() throws Exception {
    Writer first = new Writer("step {1}", 1);
    Writer second = new Writer("step {1}", 2);
    streamer.write(stream, null, texts("0"));
    streamer.write(stream, first, texts("1"));
    streamer.write(stream, new Writer("other", 5), texts("2"));

    assertThat(streamer.write(stream, second, texts("4")))
        .isEqualTo(new Written.Stored(4, new Chunk.Restarted(3, "step {1}", 1)));
    assertThat(redis.streamer().write(stream, first, texts("zombie")))
        .isEqualTo(new Written.Superseded(2));
    assertThat(streamer.write(stream, second, texts("5"))).isEqualTo(new Written.Stored(5));
    assertThat(streamer.write(stream, new Writer("step {1}", 4), texts("7")))
        .isEqualTo(new Written.Stored(7, new Chunk.Restarted(6, "step {1}", 1)));
    streamer.end(stream);

    assertThat(readAll(streamer, stream, 3))
        .containsExactly(
            new Chunk.Restarted(3, "step {1}", 1),
            new Chunk.Data(4, Payload.json("4"), "step {1}", 2),
            new Chunk.Data(5, Payload.json("5"), "step {1}", 2),
            new Chunk.Restarted(6, "step {1}", 1),
            new Chunk.Data(7, Payload.json("7"), "step {1}", 4));
  }

  @Test
  void endAllEndsEveryStreamOfTheRunAndNoOther() {
    RunId other = new RunId("wrun_2");
    write("a");
    streamer.write(new StreamId(stream.run(), "b"), null, texts("b"));
    streamer.write(new StreamId(other, "c"), null, texts("c"));

    streamer.endAll(stream.run());
    streamer.endAll(stream.run());

    assertThat(streamer.info(stream).ended()).isTrue();
    assertThat(streamer.info(new StreamId(stream.run(), "b")).ended()).isTrue();
    assertThat(streamer.info(new StreamId(other, "c")).ended()).isFalse();
    assertThat(streamer.list(stream.run())).containsExactly("b", stream.name());
    assertThat(streamer.list(other)).containsExactly("c");
  }

  @Test
  void manyChunksArePagedDenselyAndTheCursorGoesOn() {
    int count = 5_000;
    streamer.write(
        stream, null, IntStream.range(0, count).mapToObj(i -> Payload.json("" + i)).toList());
    List<Chunk> all = new ArrayList<>();
    PageRequest request = PageRequest.oldestFirst().withLimit(9_999);
    while (true) {
      Page<Chunk> page = streamer.chunks(stream, request);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(1_000);
      all.addAll(page.items());
      request = request.after(page.cursor());
      if (!page.hasMore()) {
        break;
      }
    }
    assertThat(all).hasSize(count);
    assertThat(all.getLast().index()).isEqualTo(count - 1);
    write("more");
    assertThat(streamer.chunks(stream, request).items()).containsExactly(data(count, "more"));
    PageRequest last = request;
    assertThatThrownBy(() -> streamer.chunks(new StreamId(stream.run(), "other"), last))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void aReaderHoldsOneBoundedPageWhateverTheStreamHolds() throws Exception {
    byte[] chunk = new byte[64 << 10];
    List<Payload> piece = IntStream.range(0, 64).mapToObj(i -> Payload.binary(chunk)).toList();
    for (int i = 0; i < 8; i++) {
      streamer.write(stream, null, piece);
    }
    try (Reader slow = streamer.read(stream, 0)) {
      long seen = 0;
      while (seen < 512) {
        Read.Chunks read = (Read.Chunks) slow.next(LONG);
        assertThat(read.chunks()).hasSizeLessThanOrEqualTo(17);
        seen += read.chunks().size();
      }
    }
  }

  @Test
  void closingTheStreamerEndsItsReadsAndRefusesTheRest() throws Exception {
    Reader reader = streamer.read(stream, 0);
    Thread closing =
        Thread.startVirtualThread(
            () -> {
              Eventually.assertStays(Duration.ofMillis(100), () -> {});
              streamer.close();
              streamer.close();
            });

    assertThatThrownBy(() -> reader.next(LONG))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    closing.join();
    assertThatThrownBy(() -> write("a")).isInstanceOf(WorldException.class);
    reader.close();
    assertThat(redis.client().isShutdown()).isFalse();
  }

  @Test
  void aClosedOrInterruptedReaderStopsWaiting() throws Exception {
    Reader reader = streamer.read(stream, 0);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> reader.next(LONG)).isInstanceOf(InterruptedException.class);
    Thread.startVirtualThread(reader::close);
    assertThatThrownBy(() -> reader.next(LONG)).isInstanceOf(WorldException.class);
  }

  @Test
  void aLifeIsNotEndedByAServerThatMayLackItsLatestChunks() {
    assertThat(streamer.open(stream, new LiveStreams.Life(1, 0, Map.of()))).isTrue();
    streamer.write(stream, 1, new WriteId("one", 1), null, List.of(Payload.json("1")));
    redis
        .client()
        .getMap(redis.keys().meta(stream), StringCodec.INSTANCE)
        .fastPut("server", "another");

    assertThat(streamer.end(stream, 1)).isEmpty();
    assertThat(streamer.info(stream).ended()).isFalse();
  }

  @Test
  void aForgottenStreamIsKeptForItsRetention() {
    Streamer forgetting =
        redis.streamer(StreamSettings.defaults().withRetention(Duration.ofMillis(100)));
    write("a");
    assertThat(streamer.info(stream).next()).isEqualTo(1);

    forgetting.forget(stream);
    assertThat(streamer.info(stream).next()).isEqualTo(1);
    forgetting.endAll(stream.run());
    forgetting.forget(stream);

    Eventually.assertThat(() -> assertThat(redis.storedKeys()).isEmpty());
  }

  @Test
  void anAnnouncementReachesWhoListensInAnyProcess() {
    List<String> heard = new CopyOnWriteArrayList<>();
    List<String> gaps = new CopyOnWriteArrayList<>();
    Streamer other = redis.streamer();
    Announcements.Listening listening = other.listen("news {1}", heard::add, () -> gaps.add("gap"));
    Eventually.assertThat(() -> assertThat(gaps).isNotEmpty());

    streamer.announce("news {1}", List.of("a", "", "ü😀"));
    streamer.announce("else", List.of("b"));

    Eventually.assertThat(() -> assertThat(heard).containsExactly("a", "", "ü😀"));
    listening.close();
    listening.close();
    Eventually.assertThat(
        () ->
            assertThat(
                    redis
                        .client()
                        .getTopic(redis.keys().announcements("news {1}"))
                        .countSubscribers())
                .isZero());
  }
}
