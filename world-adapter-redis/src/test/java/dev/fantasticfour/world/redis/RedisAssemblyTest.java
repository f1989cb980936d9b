package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static dev.fantasticfour.world.redis.RedisStreamerTest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.StreamerProvider;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.FreePort;
import dev.fantasticfour.world.embedded.RedisServerOptions;
import dev.fantasticfour.world.redis.guice.RedisQueueModule;
import dev.fantasticfour.world.redis.guice.RedisStreamerModule;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RedisAssemblyTest {

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  private static QueueProvider queueProvider() {
    return ServiceLoader.load(QueueProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("redis"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void bothModulesTogetherMakeWorkingPortsAndHideTheRest() {
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            new RedisQueueModule(redis.config()),
            new RedisStreamerModule(redis.config()));
    Queue queue = redis.closing(injector.getInstance(Queue.class));
    Streamer streamer = redis.closing(injector.getInstance(Streamer.class));
    RecordingHandler handler = new RecordingHandler();

    queue.subscribe("q", 1, handler);
    queue.enqueue(List.of(message("q", "1")));
    streamer.write(new StreamId(new RunId("r"), "s"), null, texts("a"));

    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(1));
    assertThat(injector.getInstance(Queue.class)).isSameAs(queue);
    assertThat(injector.getExistingBinding(com.google.inject.Key.get(RedisConnection.class)))
        .isNull();
  }

  @Test
  void aGivenClientIsLeftOpen() {
    Injector injector = Guice.createInjector(new RedisQueueModule(redis.config(), redis.client()));

    injector.getInstance(Queue.class).close();

    assertThat(redis.client().isShutdown()).isFalse();
    redis.queue().stats("q");
  }

  @Test
  void closingFreesTheThreadsOfAnOwnClient() {
    Queue queue = queueProvider().open(redis.config());
    queue.subscribe("to-be-closed", 1, delivery -> Queue.Answer.DONE);

    queue.close();

    Eventually.assertThat(
        () ->
            assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("to-be-closed")));
  }

  @Test
  void theProvidersAreFoundByName() {
    Queue queue = redis.closing(queueProvider().open(redis.config()));
    Streamer streamer =
        redis.closing(
            ServiceLoader.load(StreamerProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("redis"))
                .findFirst()
                .orElseThrow()
                .open(redis.config()));

    assertThat(queue.version()).isEqualTo(streamer.version());
    assertThat(queue.declined()).isEmpty();
    assertThat(streamer.declined()).isEmpty();
  }

  @Test
  void anUnreachableServerIsNamedAtOnceByWhateverNeedsIt() throws Exception {
    int port = FreePort.find();
    away(RedisOptions.ofUrl("redis://user:hush@127.0.0.1:" + port), "127.0.0.1:" + port);
  }

  @Test
  void aServerThatTakesConnectionsButSaysNothingIsNamedInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      away(
          RedisOptions.ofUrl("redis://:hush@127.0.0.1:" + silent.getLocalPort()),
          "127.0.0.1:" + silent.getLocalPort());
    }
  }

  private static void away(RedisOptions options, String expected) {
    refused(
        () -> {
          Queue queue = queueProvider().open(WorldConfig.defaults().withRedis(options));
          try {
            queue.stats("q");
          } finally {
            queue.close();
          }
        },
        expected);
  }

  @Test
  void whatWasOpenedWithoutTheServerConnectsWhenItComes() throws Exception {
    RecordingHandler handler = new RecordingHandler();
    List<String> heard = new CopyOnWriteArrayList<>();
    try (EmbeddedRedis server = EmbeddedRedis.start()) {
      WorldConfig config = WorldConfig.defaults().withRedis(RedisOptions.ofUrl(server.url()));
      StreamId stream = new StreamId(new RunId("wrun_1"), "out");
      server.kill();
      try (Queue queue = RedisQueue.open(config);
          Streamer streamer = RedisStreamer.open(config)) {
        queue.subscribe("q", 1, handler);
        Announcements.Listening listening = streamer.listen("news", heard::add, () -> {});
        assertThat(listening.isInterrupted()).isTrue();
        streamer.announce("news", List.of("lost"));
        try (LiveStreams.Reader reader = streamer.read(stream, 0)) {
          assertThat(reader.next(Duration.ofMillis(20))).isEqualTo(new LiveStreams.Read.Nothing());
          server.startAgain();

          Eventually.assertThat(() -> assertThat(listening.isInterrupted()).isFalse());
          streamer.write(stream, null, texts("a"));
          assertThat(reader.next(Duration.ofSeconds(15)))
              .isInstanceOf(LiveStreams.Read.Chunks.class);
        }
        Eventually.assertThat(
            () -> {
              streamer.announce("news", List.of("back"));
              assertThat(heard).contains("back");
            });
        Eventually.assertThat(
            () -> {
              try {
                queue.enqueue(List.of(message("q", "1")));
              } catch (WorldException e) {
                throw new AssertionError(e);
              }
            });
        Eventually.assertThat(() -> assertThat(handler.texts()).contains("1"));
      }
    }
  }

  @Test
  void whatIsClosedBeforeTheServerComesLeavesNoThreadBehind() throws Exception {
    WorldConfig config =
        WorldConfig.defaults()
            .withRedis(RedisOptions.ofUrl("redis://127.0.0.1:" + FreePort.find()));
    RedisStreamer.open(config).close();
    Eventually.assertThat(
        () ->
            assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("world-redis-connect")));
  }

  @Test
  void aWrongPasswordIsCalledThat() {
    try (EmbeddedRedis guarded =
        EmbeddedRedis.start(RedisServerOptions.defaults().withPassword("right"))) {
      refused(RedisOptions.ofUrl("redis://:hush@127.0.0.1:" + guarded.port()));
      refused(RedisOptions.ofUrl("redis://127.0.0.1:" + guarded.port()));
    }
  }

  private static void refused(RedisOptions options) {
    refused(() -> queueProvider().open(WorldConfig.defaults().withRedis(options)), "password");
  }

  private static void refused(ThrowingCallable attempt, String expected) {
    long start = System.nanoTime();
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(e.getMessage())
                  .contains("WORKFLOW_REDIS_URL", expected)
                  .doesNotContain("hush");
            });
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThanOrEqualTo(Duration.ofMillis(5_500));
  }

  @Test
  void everyArrangementOfServersHasItsConfiguration() {
    assertThat(RedisClients.config(RedisOptions.ofUrl("rediss://u:p@h:1/3")).isSingleConfig())
        .isTrue();
    assertThat(
            RedisClients.config(RedisOptions.ofUrl("redis-sentinel://:p@h:1,i:2/main?db=2"))
                .isSentinelConfig())
        .isTrue();
    assertThat(
            RedisClients.config(RedisOptions.ofUrl("rediss-cluster://h:1,i:2")).isClusterConfig())
        .isTrue();
  }
}
