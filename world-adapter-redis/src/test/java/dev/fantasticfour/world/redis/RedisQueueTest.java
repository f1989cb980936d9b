package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static dev.fantasticfour.world.redis.RedisFixture.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.DeadLetter;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

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
  void noMoreHandlersRunThanAskedForAndAllMessagesAreHandled() {
    RecordingHandler handler =
        new RecordingHandler(
            delivery -> {
              Thread.sleep(10);
              return Answer.DONE;
            });
    Queue queue = redis.queue();
    queue.enqueue(IntStream.range(0, 60).mapToObj(i -> message(Q, "" + i)).toList());

    queue.subscribe(Q, 6, handler);

    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(60));
    assertThat(handler.most.get()).isLessThanOrEqualTo(6);
    assertThat(handler.texts()).doesNotHaveDuplicates();
  }

  @Test
  void onlyWhatHasAHandlerIsTakenFromTheServer() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    RecordingHandler handler =
        new RecordingHandler(
            delivery -> {
              release.await();
              return Answer.DONE;
            });
    Queue queue = redis.queue();
    queue.enqueue(IntStream.range(0, 10).mapToObj(i -> message(Q, "" + i)).toList());

    queue.subscribe(Q, 3, handler);

    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(3));
    Queue.Stats stats = queue.stats(Q);
    assertThat(stats.ready()).isEqualTo(7);
    assertThat(stats.inFlight()).isEqualTo(3);
    Eventually.assertThat(() -> assertThat(queue.stats(Q).oldestReady()).isPositive());
    release.countDown();
    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(10));
  }

  @Test
  void handlersThatEnqueueWhileAllSlotsAreBusyDoNotDeadlock() {
    Queue queue = redis.queue();
    RecordingHandler second = new RecordingHandler();
    queue.subscribe("second", 1, second);
    queue.subscribe(
        Q,
        2,
        delivery -> {
          queue.enqueue(List.of(message("second", delivery.body().text())));
          queue.enqueue(List.of(message(Q + "3", delivery.body().text())));
          return Answer.DONE;
        });

    queue.enqueue(IntStream.range(0, 20).mapToObj(i -> message(Q, "" + i)).toList());

    Eventually.assertThat(() -> assertThat(second.count()).isEqualTo(20));
    assertThat(queue.stats(Q + "3").ready()).isEqualTo(20);
  }

  @Test
  void closingLetsARunningHandlerFinishAndDeliversNothingMore() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RecordingHandler handler =
        new RecordingHandler(
            delivery -> {
              started.countDown();
              release.await();
              return Answer.DONE;
            });
    Queue queue = redis.queue();
    Queue.Subscription subscription = queue.subscribe(Q, 1, handler);
    queue.enqueue(List.of(message(Q, "1")));
    started.await();

    Thread closing = Thread.startVirtualThread(() -> subscription.close(Duration.ofSeconds(10)));
    release.countDown();
    closing.join();
    queue.enqueue(List.of(message(Q, "2")));

    assertThat(queue.stats(Q)).matches(s -> s.inFlight() == 0 && s.ready() == 1);
    Eventually.assertStays(
        Duration.ofMillis(300), () -> assertThat(handler.texts()).containsExactly("1"));
    subscription.close();
  }

  @Test
  void closingWithoutPatienceInterruptsAndGivesTheMessageBackAtOnce() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Queue queue = redis.queue();
    Queue.Subscription subscription =
        queue.subscribe(
            Q,
            1,
            delivery -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                interrupted.countDown();
              }
              return Answer.DONE;
            });
    queue.enqueue(List.of(message(Q, "1")));
    started.await();

    subscription.close(Duration.ZERO);

    interrupted.await();
    assertThat(queue.stats(Q).ready()).isEqualTo(1);
    RecordingHandler handler = new RecordingHandler();
    redis.queue().subscribe(Q, 1, handler);
    Eventually.assertThat(() -> assertThat(handler.attempts()).containsExactly(2));
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
