package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static dev.fantasticfour.world.redis.RedisStreamerTest.data;
import static dev.fantasticfour.world.redis.RedisStreamerTest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Announcements.Listening;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.RedisServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server goes away, comes back, or forgets everything. */
final class RedisOutageTest {

  private static final String Q = "q";
  private static final String SECRET = "s3cret";
  private static final Duration LONG = Duration.ofSeconds(15);

  private EmbeddedRedis server;
  private RedisQueue queue;
  private RedisStreamer streamer;

  @BeforeEach
  void start() {
    server =
        EmbeddedRedis.start(
            RedisServerOptions.defaults().withPassword(SECRET).withAppendOnlyFile());
    WorldConfig config = WorldConfig.defaults().withRedis(RedisOptions.ofUrl(server.url()));
    RedisKeys keys = new RedisKeys(config.jobPrefix());
    queue = new RedisQueue(RedisConnection.open(config), keys, RedisFixture.FAST);
    streamer = new RedisStreamer(RedisConnection.open(config), keys, StreamSettings.defaults());
  }

  @AfterEach
  void stop() {
    queue.close();
    streamer.close();
    server.close();
  }

  @Test
  void nothingAcceptedIsLostWhenTheServerIsKilledInFullFlight() throws Exception {
    Set<String> handled = ConcurrentHashMap.newKeySet();
    Set<String> accepted = ConcurrentHashMap.newKeySet();
    queue.subscribe(
        Q,
        8,
        delivery -> {
          handled.add(delivery.body().text());
          return Answer.DONE;
        });
    AtomicInteger next = new AtomicInteger();
    Thread producer =
        Thread.startVirtualThread(
            () -> {
              while (accepted.size() < 1_200) {
                String text = "" + next.incrementAndGet();
                try {
                  queue.enqueue(List.of(message(Q, text)));
                  accepted.add(text);
                } catch (WorldException e) {
                  assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                }
              }
            });

    Eventually.assertThat(() -> assertThat(accepted).hasSizeGreaterThan(200));
    server.restart();
    producer.join();

    Eventually.assertThat(() -> assertThat(handled).containsAll(accepted));
    Eventually.assertThat(() -> assertThat(queue.stats(Q).inFlight()).isZero());
    assertThat(queue.stats(Q).dead()).isZero();
  }

  @Test
  void aSubscriptionGoesOnWhenAllKeysWereWiped() {
    RecordingHandler handler = new RecordingHandler();
    queue.subscribe(Q, 2, handler);
    queue.enqueue(List.of(message(Q, "1")));
    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(1));
    queue.enqueue(List.of(message(Q, "lost", Duration.ofDays(1), null)));

    server.flushAll();
    queue.enqueue(List.of(message(Q, "2")));

    Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("1", "2"));
    assertThat(queue.stats(Q).delayed()).isZero();
  }

  @Test
  void anIdleSubscriptionIsThereAtOnceAfterARestart() {
    RecordingHandler handler = new RecordingHandler();
    queue.subscribe(Q, 2, handler);
    Eventually.assertThat(() -> assertThat(queue.stats(Q).ready()).isZero());

    server.restart();
    Eventually.assertThat(
        () -> {
          try {
            queue.enqueue(List.of(message(Q, "1")));
          } catch (WorldException e) {
            throw new AssertionError(e);
          }
        });

    Eventually.assertThat(() -> assertThat(handler.count()).isPositive());
  }

  @Test
  void whoeverEnqueuesIntoNothingHearsSoInTimeAndWithoutTheSecret() {
    server.kill();
    long start = System.nanoTime();

    assertThatThrownBy(() -> queue.enqueue(List.of(message(Q, "1"))))
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(e.getMessage())
                  .contains("WORKFLOW_REDIS_URL", "127.0.0.1:" + server.port())
                  .doesNotContain(SECRET);
            });

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void whoeverEnqueuesIntoAHangingServerHearsSoInTime() {
    server.pause();
    long start = System.nanoTime();
    try {
      assertThatThrownBy(() -> queue.enqueue(List.of(message(Q, "1"))))
          .isInstanceOfSatisfying(
              WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    } finally {
      server.resume();
    }
  }

  @Test
  void aServerThatTakesNoWritesForAWhileIsUnavailableForThatLong() {
    queue.enqueue(List.of(message(Q, "1")));
    ServerCommand command = new ServerCommand(server.port(), SECRET);
    command.call("REPLICAOF 127.0.0.1 1");

    assertThatThrownBy(() -> queue.enqueue(List.of(message(Q, "2"))))
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(e).hasMessageContaining("READONLY");
            });
    command.call("REPLICAOF NO ONE");

    queue.enqueue(List.of(message(Q, "3")));
    assertThat(queue.stats(Q).ready()).isEqualTo(2);
  }

  @Test
  void aReaderSurvivesARestartAndReadsOn() throws Exception {
    StreamId stream = new StreamId(new RunId("wrun_1"), "out");
    streamer.write(stream, null, texts("a"));
    try (Reader reader = streamer.read(stream, 0)) {
      assertThat(reader.next(LONG)).isInstanceOf(Read.Chunks.class);
      reader.next(Duration.ofMillis(20));

      server.kill();
      assertThat(reader.next(Duration.ofMillis(100))).isEqualTo(new Read.Nothing());
      server.startAgain();
      Eventually.assertThat(
          () -> {
            try {
              streamer.end(stream);
            } catch (WorldException e) {
              throw new AssertionError(e);
            }
          });

      assertThat(reader.next(LONG)).isEqualTo(new Read.End());
    }
  }

  @Test
  void aReaderIsToldWhenTheStreamItReadWasWiped() throws Exception {
    StreamId stream = new StreamId(new RunId("wrun_1"), "out");
    streamer.write(stream, null, texts("a", "b"));
    try (Reader reader = streamer.read(stream, 0);
        Reader untouched = streamer.read(stream, 0)) {
      assertThat(reader.next(LONG)).isInstanceOf(Read.Chunks.class);

      server.flushAll();
      streamer.write(stream, null, texts("x", "y", "z"));
      streamer.end(stream);

      assertThat(reader.next(LONG)).isEqualTo(new Read.Truncated(2, 0));
      assertThat(reader.next(LONG))
          .isEqualTo(new Read.Chunks(List.of(data(0, "x"), data(1, "y"), data(2, "z"))));
      assertThat(reader.next(LONG)).isEqualTo(new Read.End());
      assertThat(untouched.next(LONG)).isInstanceOf(Read.Chunks.class);
    }
  }

  @Test
  void listenersAreToldOfTheGapAndHearAgainAfterARestart() {
    List<String> heard = new CopyOnWriteArrayList<>();
    AtomicInteger gaps = new AtomicInteger();
    Listening listening = streamer.listen("news", heard::add, gaps::incrementAndGet);
    Eventually.assertThat(() -> assertThat(gaps.get()).isPositive());
    int before = gaps.get();

    server.restart();

    Eventually.assertThat(() -> assertThat(gaps.get()).isGreaterThan(before));
    Eventually.assertThat(
        () -> {
          streamer.announce("news", List.of("back"));
          assertThat(heard).contains("back");
        });
    listening.close();
  }

  @Test
  void listenersKnowThatNothingGetsThroughWhileTheServerIsAway() {
    AtomicInteger gaps = new AtomicInteger();
    Listening listening = streamer.listen("news", message -> {}, gaps::incrementAndGet);
    Eventually.assertThat(() -> assertThat(listening.isInterrupted()).isFalse());
    int before = gaps.get();

    server.kill();
    Eventually.assertThat(() -> assertThat(listening.isInterrupted()).isTrue());

    server.restart();
    Eventually.assertThat(() -> assertThat(listening.isInterrupted()).isFalse());
    Eventually.assertThat(() -> assertThat(gaps.get()).isGreaterThan(before));
    listening.close();
  }
}
