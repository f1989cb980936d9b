package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.DeadLetter;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

/** Attempts that fail, and dead letters, on Redis. */
final class RedisQueueFailuresTest {

  private static final String Q = "orders {eu} %/ü";

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  @Test
  void aFailedAttemptIsRepeatedAfterAGrowingPause() {
    AtomicInteger calls = new AtomicInteger();
    RecordingHandler handler =
        new RecordingHandler(
            delivery -> {
              if (calls.incrementAndGet() <= 2) {
                throw new IllegalStateException("not yet");
              }
              return Answer.DONE;
            });
    Queue queue =
        redis.queue(RedisFixture.FAST.withPauses(Duration.ofMillis(200), Duration.ofSeconds(9)));
    queue.subscribe(Q, 1, handler);

    queue.enqueue(List.of(message(Q, "1")));

    Eventually.assertThat(() -> assertThat(handler.attempts()).containsExactly(1, 2, 3));
    assertThat(handler.times.get(1) - handler.times.get(0))
        .isGreaterThanOrEqualTo(Duration.ofMillis(149).toNanos());
    assertThat(handler.times.get(2) - handler.times.get(1))
        .isGreaterThanOrEqualTo(Duration.ofMillis(299).toNanos());
    Eventually.assertThat(() -> assertThat(queue.stats(Q).inFlight()).isZero());
  }

  @Test
  void anErrorOfTheHandlerIsAFailedAttemptToo() {
    AtomicInteger calls = new AtomicInteger();
    RecordingHandler handler =
        new RecordingHandler(
            delivery -> {
              if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError();
              }
              return Answer.DONE;
            });
    Queue queue = redis.queue();
    queue.subscribe(Q, 1, handler);

    queue.enqueue(List.of(message(Q, "1")));

    Eventually.assertThat(() -> assertThat(handler.attempts()).containsExactly(1, 2));
  }

  @Test
  void aMessageThatAlwaysFailsBecomesAVisibleDeadLetterThatCanBeRevived() {
    AtomicInteger failing = new AtomicInteger(1);
    RecordingHandler handler =
        new RecordingHandler(
            delivery -> {
              if (failing.get() == 1) {
                throw new IllegalStateException("attempt " + delivery.attempt());
              }
              return Answer.DONE;
            });
    Queue queue =
        redis.queue(RedisFixture.FAST.withPauses(Duration.ofMillis(1), Duration.ofMillis(2)));
    Message message = message(Q, "1", Duration.ZERO, "key");
    queue.subscribe(Q, 1, handler);

    queue.enqueue(List.of(message));

    Eventually.assertThat(() -> assertThat(queue.stats(Q).dead()).isEqualTo(1));
    assertThat(handler.count()).isEqualTo(Queue.MAX_ATTEMPTS);
    Page<DeadLetter> dead = queue.dead(Q, PageRequest.oldestFirst());
    assertThat(dead.items())
        .containsExactly(
            new DeadLetter(
                message.id(),
                message.body(),
                message.headers(),
                50,
                "java.lang.IllegalStateException: attempt 50"));
    assertThat(dead.hasMore()).isFalse();

    failing.set(0);
    assertThat(queue.revive(Q, message.id())).isTrue();
    assertThat(queue.revive(Q, message.id())).isFalse();

    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(51));
    assertThat(handler.deliveries.getLast().attempt()).isEqualTo(1);
    Eventually.assertThat(() -> assertThat(queue.stats(Q).inFlight()).isZero());
    assertThat(redis.storedKeys()).isEmpty();
  }

  @Test
  void deadLettersArePagedInBothDirections() {
    Queue queue = redis.queue();
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      messages.add(message(Q, "" + i));
    }
    queue.enqueue(messages);
    for (Message message : messages) {
      redis
          .client()
          .getMap(redis.keys().queue(Q).get(0), StringCodec.INSTANCE)
          .put(message.id(), "poison");
    }
    queue.subscribe(Q, 1, delivery -> Answer.DONE);
    Eventually.assertThat(() -> assertThat(queue.stats(Q).dead()).isEqualTo(7));
    List<String> ids = messages.stream().map(Message::id).toList();

    assertThat(paged(queue, PageRequest.oldestFirst().withLimit(3))).isEqualTo(ids);
    assertThat(paged(queue, PageRequest.newestFirst().withLimit(3))).isEqualTo(ids.reversed());
    Page<DeadLetter> first = queue.dead(Q, PageRequest.oldestFirst().withLimit(3));
    assertThatThrownBy(() -> queue.dead(Q, PageRequest.newestFirst().after(first.cursor())))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  private static List<String> paged(Queue queue, PageRequest request) {
    List<String> ids = new ArrayList<>();
    PageRequest next = request;
    while (true) {
      Page<DeadLetter> page = queue.dead(Q, next);
      page.items().forEach(letter -> ids.add(letter.id()));
      if (!page.hasMore()) {
        return ids;
      }
      next = next.after(page.cursor());
    }
  }

  @Test
  void anUnreadableMessageIsParkedWithADiagnosisAndOthersGoOn() {
    Queue queue = redis.queue();
    Message poison = message(Q, "1");
    Message good = message(Q, "2");
    queue.enqueue(List.of(poison, good));
    redis
        .client()
        .getMap(redis.keys().queue(Q).get(0), StringCodec.INSTANCE)
        .put(poison.id(), "poison");
    RecordingHandler handler = new RecordingHandler();

    queue.subscribe(Q, 1, handler);

    Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("2"));
    Eventually.assertThat(
        () ->
            assertThat(queue.dead(Q, PageRequest.oldestFirst()).items())
                .singleElement()
                .satisfies(
                    letter -> {
                      assertThat(letter.id()).isEqualTo(poison.id());
                      assertThat(letter.body().text()).isEqualTo("poison");
                      assertThat(letter.error()).contains("cannot be read");
                    }));
  }
}
