package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static dev.fantasticfour.world.redis.RedisFixture.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of messages on Redis. */
final class RedisQueueTest {

  private static final String Q = "orders {eu} %/ü";

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  @Test
  void aMessageIsHandledOnceWithItsExactContent() {
    byte[] bytes = new byte[256];
    IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
    Message sent =
        new Message(
            newId(),
            Q,
            Payload.of("some/codec", bytes),
            Map.of("trace", "ü😀\uD800", "empty", ""),
            Duration.ZERO,
            null,
            3);
    RecordingHandler handler = new RecordingHandler();
    Queue queue = redis.queue();

    queue.subscribe(Q, 4, handler);
    queue.enqueue(List.of(sent));

    Eventually.assertThat(
        () ->
            assertThat(handler.deliveries)
                .containsExactly(new Queue.Delivery(sent.id(), Q, sent.body(), sent.headers(), 1)));
    Eventually.assertThat(
        () -> assertThat(queue.stats(Q)).isEqualTo(new Queue.Stats(0, 0, 0, 0, Duration.ZERO)));
    assertThat(redis.storedKeys()).isEmpty();
  }

  @Test
  void whatIsEnqueuedWithoutAnyConsumerIsDeliveredToALaterOneInAnotherProcess() {
    redis.queue().enqueue(List.of(message(Q, "1")));
    RecordingHandler handler = new RecordingHandler();

    redis.queue().subscribe(Q, 1, handler);

    Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("1"));
  }

  @Test
  void aRepeatedEnqueueOfTheSameMessageStoresItOnce() {
    Queue queue = redis.queue();
    Message message = message(Q, "1");

    queue.enqueue(List.of(message));
    queue.enqueue(List.of(message));

    assertThat(queue.stats(Q).ready()).isEqualTo(1);
  }

  @Test
  void aDelayedMessageComesWhenItIsDueAndNotBefore() {
    RecordingHandler handler = new RecordingHandler();
    Queue queue = redis.queue();
    queue.subscribe(Q, 2, handler);
    Eventually.assertThat(() -> assertThat(queue.stats(Q).ready()).isZero());

    long start = System.nanoTime();
    queue.enqueue(List.of(message(Q, "late", Duration.ofMillis(700), null)));
    queue.enqueue(List.of(message(Q, "never", Duration.ofDays(40), null)));
    queue.enqueue(List.of(message(Q, "now", Duration.ofSeconds(-3), null)));

    Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("now", "late"));
    assertThat(Duration.ofNanos(handler.times.get(1) - start))
        .isBetween(Duration.ofMillis(690), Duration.ofMillis(950));
    assertThat(queue.stats(Q).delayed()).isEqualTo(1);
  }

  @Test
  void aDelayBeyondAllCalendarsIsAccepted() {
    Queue queue = redis.queue();

    queue.enqueue(List.of(message(Q, "1", Duration.ofSeconds(Long.MAX_VALUE), null)));

    assertThat(queue.stats(Q).delayed()).isEqualTo(1);
  }

  @Test
  void againDeliversTheSameMessageAsIfItWereNew() {
    AtomicInteger calls = new AtomicInteger();
    RecordingHandler handler =
        new RecordingHandler(
            delivery ->
                switch (calls.incrementAndGet()) {
                  case 1 -> new Answer.Again(Duration.ofMillis(300));
                  case 2, 3 -> new Answer.Again(Duration.ZERO);
                  default -> Answer.DONE;
                });
    Queue queue = redis.queue();
    Message message = message(Q, "1");
    queue.subscribe(Q, 2, handler);

    queue.enqueue(List.of(message));

    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(4));
    assertThat(handler.deliveries)
        .containsOnly(new Queue.Delivery(message.id(), Q, message.body(), message.headers(), 1));
    assertThat(handler.times.get(1) - handler.times.get(0))
        .isGreaterThanOrEqualTo(Duration.ofMillis(299).toNanos());
  }

  @Test
  void sixtyReschedulesCostNoAttempt() {
    AtomicInteger calls = new AtomicInteger();
    RecordingHandler handler =
        new RecordingHandler(
            delivery ->
                calls.incrementAndGet() <= 60 ? new Answer.Again(Duration.ZERO) : Answer.DONE);
    Queue queue = redis.queue();
    queue.subscribe(Q, 1, handler);

    queue.enqueue(List.of(message(Q, "1")));

    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(61));
    assertThat(handler.attempts()).containsOnly(1);
  }

  @Test
  void aHigherPriorityGoesFirst() {
    Queue queue = redis.queue();
    for (int priority : new int[] {0, 9, 4}) {
      queue.enqueue(
          List.of(
              new Message(
                  newId(),
                  Q,
                  Payload.json("" + priority),
                  Map.of(),
                  Duration.ZERO,
                  null,
                  priority)));
    }
    RecordingHandler handler = new RecordingHandler();

    queue.subscribe(Q, 1, handler);

    Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("9", "4", "0"));
  }

  @Test
  void aClosedQueueRefusesEverythingAndClosesAgain() {
    RedisQueue queue = redis.queue();
    queue.subscribe(Q, 1, delivery -> Answer.DONE);

    queue.close();
    queue.close();

    assertThatThrownBy(() -> queue.enqueue(List.of(message(Q, "1"))))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    assertThatThrownBy(() -> queue.subscribe(Q, 1, delivery -> Answer.DONE))
        .isInstanceOf(WorldException.class);
    assertThat(redis.client().isShutdown()).isFalse();
  }

  @Test
  void namesAndNumbersThatCannotBeAreRefused() {
    Queue queue = redis.queue();

    assertThatThrownBy(() -> queue.enqueue(List.of(message("", "1"))))
        .isInstanceOf(WorldException.class);
    assertThatThrownBy(() -> queue.stats("a\0b")).isInstanceOf(WorldException.class);
    assertThatThrownBy(() -> queue.subscribe(Q, 0, delivery -> Answer.DONE))
        .isInstanceOf(WorldException.class);
  }

  @Test
  void theVersionNamesTheServer() {
    assertThat(redis.queue().version()).startsWith("Redis ").matches(".*\\d+\\.\\d+.*");
  }
}
