package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.Streamer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.api.RedissonClient;

/** Something is thrown once into each loop of the adapter, and it goes on. */
class ThrownIntoTest {

  private static final String Q = "q";

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  private final AtomicReference<@Nullable Throwable> next = new AtomicReference<>();

  static Stream<Throwable> whatIsThrown() {
    return Stream.of(
        new NoClassDefFoundError("thrown by the test"),
        new OutOfMemoryError("thrown by the test"),
        new IllegalStateException("thrown by the test"));
  }

  /** A client that throws once, whatever it is asked next for a script or for a queue. */
  private RedissonClient client() {
    return (RedissonClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RedissonClient.class},
            (proxy, method, arguments) -> {
              Throwable thrown =
                  List.of("getScript", "getBlockingQueue").contains(method.getName())
                      ? next.getAndSet(null)
                      : null;
              if (thrown != null) {
                throw thrown;
              }
              try {
                return method.invoke(redis.client(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("whatIsThrown")
  void theConsumerOfAQueueGoesOn(Throwable thrown) {
    RedisQueue consuming =
        redis.closing(
            new RedisQueue(RedisConnection.of(client()), redis.keys(), RedisFixture.FAST));
    RedisQueue other = redis.queue();
    RecordingHandler handler = new RecordingHandler();
    consuming.subscribe(Q, 2, handler);
    other.enqueue(List.of(message(Q, "1")));
    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(1));

    next.set(thrown);
    other.enqueue(List.of(message(Q, "2")));
    Eventually.assertThat(() -> assertThat(next.get()).isNull());
    other.enqueue(List.of(message(Q, "3")));

    Eventually.assertThat(
        () -> assertThat(handler.texts()).containsExactlyInAnyOrder("1", "2", "3"));
    Eventually.assertThat(() -> assertThat(other.stats(Q).inFlight()).isZero());
  }

  @ParameterizedTest
  @MethodSource("whatIsThrown")
  void listeningGoesOn(Throwable thrown) {
    List<String> heard = new CopyOnWriteArrayList<>();
    List<String> gaps = new CopyOnWriteArrayList<>();
    Streamer streamer = redis.streamer();
    Announcements.Listening listening =
        streamer.listen(
            "news",
            message -> {
              heard.add(message);
              if (heard.size() == 1) {
                sneak(thrown);
              }
            },
            () -> gaps.add("gap"));
    Eventually.assertThat(() -> assertThat(gaps).isNotEmpty());
    streamer.announce("news", List.of("1"));
    streamer.announce("news", List.of("2"));
    Eventually.assertThat(() -> assertThat(heard).containsExactlyInAnyOrder("1", "2"));
    listening.close();
  }

  private static void sneak(Throwable thrown) {
    switch (thrown) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalArgumentException(thrown);
    }
  }
}
