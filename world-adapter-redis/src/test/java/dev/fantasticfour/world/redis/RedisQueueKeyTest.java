package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deduplication keys. */
final class RedisQueueKeyTest {

  private static final String Q = "q";

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  private static Message keyed(String text, Duration delay) {
    return message(Q, text, delay, "the key");
  }

  private static Message keyed(String text) {
    return keyed(text, Duration.ZERO);
  }

  @Test
  void theSecondIsNotStoredWhileTheFirstWaits() {
    Queue queue = redis.queue();

    queue.enqueue(List.of(keyed("1")));
    queue.enqueue(List.of(keyed("2"), keyed("3")));

    assertThat(queue.stats(Q).ready()).isEqualTo(1);
    RecordingHandler handler = new RecordingHandler();
    queue.subscribe(Q, 3, handler);
    Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("1"));
    Eventually.assertThat(() -> assertThat(queue.stats(Q).inFlight()).isZero());
    assertThat(queue.stats(Q).ready()).isZero();
    assertThat(handler.texts()).containsExactly("1");
  }

  @Test
  void theSecondIsNotStoredWhileTheFirstIsHandledByAnotherProcess() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RecordingHandler handler =
        new RecordingHandler(
            delivery -> {
              started.countDown();
              release.await();
              return Answer.DONE;
            });
    redis.queue().subscribe(Q, 3, handler);
    Queue other = redis.queue();
    other.enqueue(List.of(keyed("1")));
    started.await();

    other.enqueue(List.of(keyed("2")));

    assertThat(other.stats(Q).ready()).isZero();
    release.countDown();
    Eventually.assertThat(() -> assertThat(other.stats(Q).inFlight()).isZero());
    assertThat(handler.texts()).containsExactly("1");
  }

  @Test
  void theTimeOfADelayedOneIsNeitherPostponedNorHurried() {
    Queue queue = redis.queue();
    RecordingHandler handler = new RecordingHandler();
    queue.subscribe(Q, 3, handler);

    long start = System.nanoTime();
    queue.enqueue(List.of(keyed("1", Duration.ofMillis(400))));
    queue.enqueue(List.of(keyed("2")));
    queue.enqueue(List.of(keyed("3", Duration.ofDays(1))));

    Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("1"));
    assertThat(handler.times.get(0) - start)
        .isBetween(Duration.ofMillis(390).toNanos(), Duration.ofMillis(900).toNanos());
    assertThat(queue.stats(Q).delayed()).isZero();
  }

  @Test
  void aRescheduledAndARetryingMessageKeepTheirKey() {
    AtomicInteger calls = new AtomicInteger();
    RecordingHandler handler =
        new RecordingHandler(
            delivery ->
                switch (calls.incrementAndGet()) {
                  case 1 -> new Answer.Again(Duration.ofMillis(200));
                  case 2 -> throw new IllegalStateException("once more");
                  default -> Answer.DONE;
                });
    Queue queue =
        redis.queue(RedisFixture.FAST.withPauses(Duration.ofMillis(200), Duration.ofMillis(200)));
    queue.subscribe(Q, 3, handler);
    queue.enqueue(List.of(keyed("1")));

    while (handler.count() < 3) {
      if (handler.count() > 0) {
        // May be accepted once the first is through, which ends the loop.
        if (handler.count() < 3 && queue.stats(Q).delayed() == 1) {
          queue.enqueue(List.of(keyed("2")));
        }
      }
      Thread.onSpinWait();
    }

    assertThat(handler.texts().subList(0, 3)).containsExactly("1", "1", "1");
    assertThat(handler.attempts().subList(0, 3)).containsExactly(1, 1, 2);
  }

  @Test
  void theKeyIsFreeAfterTheMessageIsDone() {
    Queue queue = redis.queue();
    RecordingHandler handler = new RecordingHandler();
    queue.subscribe(Q, 3, handler);

    queue.enqueue(List.of(keyed("1")));
    Eventually.assertThat(() -> assertThat(redis.storedKeys()).isEmpty());
    queue.enqueue(List.of(keyed("2")));

    Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("1", "2"));
  }

  @Test
  void theSameKeyInTwoQueuesIsTwoKeys() {
    Queue queue = redis.queue();

    queue.enqueue(
        List.of(message("a", "1", Duration.ZERO, "k"), message("b", "2", Duration.ZERO, "k")));

    assertThat(queue.stats("a").ready()).isEqualTo(1);
    assertThat(queue.stats("b").ready()).isEqualTo(1);
  }

  @Test
  void aHundredAtOnceFromTwoProcessesStoreOne() throws Exception {
    List<Queue> peers = List.of(redis.queue(), redis.queue());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Queue peer = peers.get(i % 2);
      String text = "" + i;
      threads.add(Thread.startVirtualThread(() -> peer.enqueue(List.of(keyed(text)))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(peers.get(0).stats(Q).ready()).isEqualTo(1);
  }

  @Test
  void aKeyWhoseMessageVanishedIsFree() {
    Queue queue = redis.queue();
    queue.enqueue(List.of(keyed("1")));
    redis.client().getKeys().delete(redis.keys().queue(Q).get(0));

    queue.enqueue(List.of(keyed("2")));

    assertThat(queue.stats(Q).ready()).isEqualTo(2);
  }
}
