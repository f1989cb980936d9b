package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MemoryStreamerTest {

  private static final RunId RUN = new RunId("r");
  private static final StreamId STREAM = new StreamId(RUN, "log // 1");
  private static final Duration SOON = Duration.ofSeconds(10);

  private final MemoryStreamStore store = new MemoryStreamStore();
  private final Streamer streamer = new MemoryStreamer(store, new SystemMachine());

  private static List<Payload> payloads(String... texts) {
    return List.of(texts).stream().map(Payload::json).toList();
  }

  private Written write(String... texts) {
    return streamer.write(STREAM, null, payloads(texts));
  }

  private Written write(int attempt, String... texts) {
    return streamer.write(STREAM, new Writer("s", attempt), payloads(texts));
  }

  private static List<String> read(LiveStreams.Reader reader) throws InterruptedException {
    List<String> read = new ArrayList<>();
    while (reader.next(Duration.ZERO) instanceof Read.Chunks more) {
      more.chunks().forEach(chunk -> read.add(((Chunk.Data) chunk).payload().text()));
    }
    return read;
  }

  private List<String> readFrom(long index) throws InterruptedException {
    try (LiveStreams.Reader reader = streamer.read(STREAM, index)) {
      return read(reader);
    }
  }

  @Test
  void chunksGetDenseIndicesAndOneEnd() throws Exception {
    assertThat(write("a", "b")).isEqualTo(new Written.Stored(0));
    assertThat(write("c")).isEqualTo(new Written.Stored(2));
    streamer.end(STREAM);
    streamer.end(STREAM);
    assertThat(write("d")).isEqualTo(new Written.Ended());
    assertThat(streamer.info(STREAM)).isEqualTo(new Info(3, true));
    try (LiveStreams.Reader reader = streamer.read(STREAM, 0)) {
      assertThat(read(reader)).containsExactly("a", "b", "c");
      assertThat(reader.next(Duration.ZERO)).isEqualTo(new Read.End());
    }
  }

  @Test
  void readsBeginWhereTheyAreAskedTo() throws Exception {
    IntStream.range(0, 10).forEach(i -> write("" + i));
    assertThat(readFrom(8)).containsExactly("8", "9");
    assertThat(readFrom(10)).isEmpty();
    assertThat(readFrom(-3)).containsExactly("7", "8", "9");
    assertThat(readFrom(-11)).hasSize(10);
    assertThat(readFrom(Long.MIN_VALUE)).hasSize(10);
  }

  @Test
  void anUnknownStreamIsWaitedFor() throws Exception {
    assertThat(streamer.info(STREAM)).isEqualTo(new Info(0, false));
    assertThat(streamer.list(RUN)).isEmpty();
    assertThat(write()).isEqualTo(new Written.Stored(0));
    assertThat(streamer.list(RUN)).isEmpty();
    try (LiveStreams.Reader reader = streamer.read(STREAM, -2)) {
      assertThat(reader.next(Duration.ofMillis(1))).isEqualTo(new Read.Nothing());
      write("a");
      assertThat(read(reader)).containsExactly("a");
    }
    assertThat(streamer.list(RUN)).containsExactly("log // 1");
  }

  @Test
  void aReaderBeyondTheEndWaitsForItsIndex() throws Exception {
    write("a");
    try (LiveStreams.Reader reader = streamer.read(STREAM, 2)) {
      write("b");
      assertThat(reader.next(Duration.ZERO)).isEqualTo(new Read.Nothing());
      write("c");
      assertThat(read(reader)).containsExactly("c");
      streamer.endAll(RUN);
      assertThat(reader.next(SOON)).isEqualTo(new Read.End());
    }
  }

  @Test
  void aHigherAttemptStartsOverAndALowerIsRefused() {
    write("other");
    assertThat(write(1, "a", "b")).isEqualTo(new Written.Stored(1));
    assertThat(write(3, "c")).isEqualTo(new Written.Stored(4, new Chunk.Restarted(3, "s", 1)));
    assertThat(write(2, "x")).isEqualTo(new Written.Superseded(3));
    assertThat(write(3, "d")).isEqualTo(new Written.Stored(5));
    assertThat(streamer.chunks(STREAM, PageRequest.oldestFirst()).items())
        .containsExactly(
            new Chunk.Data(0, Payload.json("other"), null, 0),
            new Chunk.Data(1, Payload.json("a"), "s", 1),
            new Chunk.Data(2, Payload.json("b"), "s", 1),
            new Chunk.Restarted(3, "s", 1),
            new Chunk.Data(4, Payload.json("c"), "s", 3),
            new Chunk.Data(5, Payload.json("d"), "s", 3));
  }

  @Test
  void pagesHaveACursorEvenAtTheEnd() {
    PageRequest request = PageRequest.oldestFirst().withLimit(2);
    Page<Chunk> none = streamer.chunks(STREAM, request);
    write("a", "b", "c");
    Page<Chunk> first = streamer.chunks(STREAM, request.after(none.cursor()));
    assertThat(first.items()).extracting(Chunk::index).containsExactly(0L, 1L);
    assertThat(first.hasMore()).isTrue();
    Page<Chunk> second = streamer.chunks(STREAM, request.after(first.cursor()));
    assertThat(second.items()).extracting(Chunk::index).containsExactly(2L);
    assertThat(second.hasMore()).isFalse();
    write("d");
    assertThat(streamer.chunks(STREAM, request.after(second.cursor())).items()).hasSize(1);
    assertThatThrownBy(
            () -> streamer.chunks(new StreamId(RUN, "other"), request.after(second.cursor())))
        .isInstanceOf(WorldException.class);
    assertThatThrownBy(() -> streamer.chunks(STREAM, PageRequest.newestFirst()))
        .isInstanceOf(WorldException.class);
  }

  @Test
  void everybodySeesOneOrder() throws Exception {
    Streamer peer = new MemoryStreamer(store, new SystemMachine());
    List<Callable<List<String>>> racers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      String name = "w" + w + "-";
      racers.add(
          () -> {
            IntStream.range(0, 250).forEach(i -> write(name + i));
            return List.of();
          });
    }
    for (Streamer from : List.of(streamer, peer)) {
      racers.add(
          () -> {
            List<String> seen = new ArrayList<>();
            try (LiveStreams.Reader reader = from.read(STREAM, 0)) {
              while (seen.size() < 1000) {
                if (reader.next(SOON) instanceof Read.Chunks more) {
                  more.chunks().forEach(c -> seen.add(((Chunk.Data) c).payload().text()));
                }
              }
            }
            return seen;
          });
    }
    List<List<String>> results = Race.of(racers);
    assertThat(results.get(4)).hasSize(1000).isEqualTo(results.get(5)).isEqualTo(readFrom(0));
  }

  @Test
  void closingEndsOpenReads() throws Exception {
    LiveStreams.Reader reader = streamer.read(STREAM, 0);
    List<Object> results =
        Race.of(
            List.of(
                () -> {
                  try {
                    return reader.next(SOON);
                  } catch (WorldException e) {
                    return e.code();
                  }
                },
                () -> {
                  streamer.close();
                  streamer.close();
                  return "closed";
                }));
    assertThat(results).containsExactly(ErrorCode.CLOSED, "closed");
  }

  @Test
  void listenersAreToldOneByOneAndOfTheGapFirst() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Streamer peer = new MemoryStreamer(store, new SystemMachine());
    streamer.announce("ended", List.of("nobody listens"));
    Announcements.Listening listening = peer.listen("ended", told::add, () -> told.add("gap"));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("gap");
    streamer.announce("ended", List.of("a", "b"));
    streamer.announce("other", List.of("x"));
    peer.announce("ended", List.of("c"));
    for (String expected : List.of("a", "b", "c")) {
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
    }
    listening.close();
    listening.close();
    streamer.announce("ended", List.of("late"));
    peer.close();
    assertThat(told).isEmpty();
  }
}
