package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisStreamerTest.LONG;
import static dev.fantasticfour.world.redis.RedisStreamerTest.readAll;
import static dev.fantasticfour.world.redis.RedisStreamerTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.embedded.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RedisStreamerConcurrencyTest {

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  private final StreamId stream = new StreamId(new RunId("wrun_1"), "out");

  @Test
  void fourWritersInTwoProcessesMakeOneOrderForAllReaders() throws Exception {
    List<Streamer> peers = List.of(redis.streamer(), redis.streamer());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Chunk>>> readers = new ArrayList<>();
      for (Streamer peer : peers) {
        readers.add(threads.submit(() -> readAll(peer, stream, 0)));
      }
      List<Callable<Object>> writers = new ArrayList<>();
      for (int w = 0; w < 4; w++) {
        int writer = w;
        writers.add(
            () -> {
              for (int i = 0; i < 250; i++) {
                peers.get(writer % 2).write(stream, null, texts(writer + ":" + i));
              }
              return writer;
            });
      }
      for (Future<Object> done : threads.invokeAll(writers)) {
        done.get();
      }
      peers.get(0).end(stream);

      List<Chunk> expected =
          peers.get(1).chunks(stream, PageRequest.oldestFirst().withLimit(1_000)).items();
      assertThat(peers.get(0).info(stream)).isEqualTo(new Info(1_000, true));
      for (Future<List<Chunk>> reader : readers) {
        assertThat(reader.get()).isEqualTo(expected);
      }
      for (int w = 0; w < 4; w++) {
        assertThat(textsOf(expected, w + ":")).isEqualTo(IntStream.range(0, 250).boxed().toList());
      }
    }
  }

  private static List<Integer> textsOf(List<Chunk> chunks, String writer) {
    return chunks.stream()
        .map(chunk -> ((Chunk.Data) chunk).payload().text())
        .filter(text -> text.startsWith(writer))
        .map(text -> Integer.valueOf(text.substring(2)))
        .toList();
  }

  @Test
  void twoHundredReadsAndCancelsLeakNothing() throws Exception {
    RedisStreamer streamer = redis.streamer();
    streamer.write(stream, null, texts("a"));
    int threads = Thread.activeCount();

    for (int i = 0; i < 200; i++) {
      try (Reader reader = streamer.read(stream, i % 2)) {
        reader.next(i % 4 < 2 ? Duration.ZERO : Duration.ofMillis(2));
        if (i % 2 == 0) {
          reader.next(Duration.ofMillis(1));
        }
      }
    }

    Eventually.assertThat(
        () ->
            assertThat(redis.client().getTopic(redis.keys().channel(stream)).countSubscribers())
                .isZero());
    assertThat(streamer.listenedTo()).isZero();
    assertThat(redis.client().getTopic(redis.keys().channel(stream)).countListeners()).isZero();
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4);
  }

  @Test
  void readersOfOneStreamShareOneSubscriptionAndDoNotDisturbEachOther() throws Exception {
    Streamer streamer = redis.streamer();
    Reader cancelled = streamer.read(stream, 0);
    cancelled.next(Duration.ofMillis(20));
    Reader slow = streamer.read(stream, 0);
    slow.next(Duration.ofMillis(20));
    cancelled.close();

    streamer.write(stream, null, texts("a"));
    streamer.end(stream);

    assertThat(readAll(streamer, stream, 0)).hasSize(1);
    assertThat(slow.next(LONG)).isInstanceOf(LiveStreams.Read.Chunks.class);
    assertThat(slow.next(LONG)).isInstanceOf(LiveStreams.Read.End.class);
    slow.close();
  }

  @Test
  void aReaderThatNobodyAsksCostsNothing() throws Exception {
    Streamer streamer = redis.streamer();
    try (Reader reader = streamer.read(stream, 0);
        RedisMonitor monitor = new RedisMonitor(Services.redis().url(), redis.prefix())) {
      reader.next(Duration.ofMillis(100));
      Eventually.assertThat(() -> assertThat(monitor.count()).isPositive());
      monitor.reset();

      Eventually.assertStays(Duration.ofMillis(1_200), () -> assertThat(monitor.count()).isZero());
    }
  }
}
