package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handlers: how many run at once, and how they end. */
final class RedisQueueHandlersTest {

  private static final String Q = "orders {eu} %/ü";

  @RegisterExtension final RedisFixture redis = new RedisFixture();

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

    // The last handler may still be about to enqueue its other message.
    Eventually.assertThat(() -> assertThat(second.count()).isEqualTo(20));
    Eventually.assertThat(() -> assertThat(queue.stats(Q + "3").ready()).isEqualTo(20));
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
}
