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
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.Streamer.StreamId;
import dev.fantasticfour.world.core.port.StreamerProvider;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.FreePort;
import dev.fantasticfour.world.redis.guice.RedisQueueModule;
import dev.fantasticfour.world.redis.guice.RedisStreamerModule;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
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
  void anUnreachableServerIsNamedAtOnce() throws Exception {
    int port = FreePort.find();
    refused(RedisOptions.ofUrl("redis://user:hush@127.0.0.1:" + port), "127.0.0.1:" + port);
  }

  @Test
  void aServerThatTakesConnectionsButSaysNothingIsNamedInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      refused(
          RedisOptions.ofUrl("redis://:hush@127.0.0.1:" + silent.getLocalPort()),
          "127.0.0.1:" + silent.getLocalPort());
    }
  }

  @Test
  void aWrongPasswordIsCalledThat() {
    try (EmbeddedRedis guarded =
        EmbeddedRedis.start(
            dev.fantasticfour.world.embedded.RedisOptions.defaults().withPassword("right"))) {
      refused(RedisOptions.ofUrl("redis://:hush@127.0.0.1:" + guarded.port()), "password");
      refused(RedisOptions.ofUrl("redis://127.0.0.1:" + guarded.port()), "password");
    }
  }

  private static void refused(RedisOptions options, String expected) {
    WorldConfig config = WorldConfig.defaults().withRedis(options);
    long start = System.nanoTime();
    assertThatThrownBy(() -> queueProvider().open(config))
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
