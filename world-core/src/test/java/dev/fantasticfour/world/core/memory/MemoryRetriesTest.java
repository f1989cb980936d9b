package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Messages that are not done at once: tried again, wanted again, given up, brought back. */
final class MemoryRetriesTest extends QueueScene {

  @Test
  void aFailedAttemptIsRepeatedAfterAGrowingPause() throws Exception {
    subscribe(
        delivery -> {
          if (delivery.attempt() < 3) {
            throw new IllegalStateException("no");
          }
          return Answer.DONE;
        });
    put(message("m"));
    assertThat(next().attempt()).isEqualTo(1);
    assertThat(settled().delayed()).isEqualTo(1);
    advance(Duration.ofSeconds(1));
    assertThat(next().attempt()).isEqualTo(2);
    settled();
    advance(Duration.ofSeconds(1));
    assertThat(queue.stats("q").delayed()).isEqualTo(1);
    advance(Duration.ofSeconds(1));
    assertThat(next().attempt()).isEqualTo(3);
    assertThat(settled().delayed()).isZero();
  }

  @Test
  void againIsNoFailureAndZeroMeansNow() throws Exception {
    AtomicInteger times = new AtomicInteger();
    subscribe(
        delivery -> times.incrementAndGet() <= 60 ? new Answer.Again(Duration.ZERO) : Answer.DONE);
    put(message("m"));
    for (int i = 0; i <= 60; i++) {
      assertThat(next().attempt()).isEqualTo(1);
    }
    assertThat(settled().ready()).isZero();
  }

  @Test
  void aHopelessMessageBecomesADeadLetterAndCanBeRevived() throws Exception {
    subscribe(
        delivery -> {
          throw new IllegalStateException("attempt " + delivery.attempt());
        });
    put(message("m", Duration.ZERO, "key", 0));
    for (int attempt = 1; attempt <= Queue.MAX_ATTEMPTS; attempt++) {
      assertThat(next().attempt()).isEqualTo(attempt);
      settled();
      advance(Duration.ofMinutes(20));
    }
    assertThat(queue.stats("q").dead()).isEqualTo(1);
    Queue.DeadLetter dead = queue.dead("q", PageRequest.oldestFirst()).items().getFirst();
    assertThat(dead.id()).isEqualTo("m");
    assertThat(dead.attempts()).isEqualTo(50);
    assertThat(dead.error()).contains("attempt 50");

    assertThat(queue.revive("q", "m")).isTrue();
    assertThat(queue.revive("q", "m")).isFalse();
    assertThat(next().attempt()).isEqualTo(1);
  }

  @Test
  void theMessagesOfADeadProcessComeBackWhenTheirLeaseRunsOut() throws Exception {
    MemoryQueue dying = new MemoryQueue(store, MACHINE);
    CountDownLatch taken = new CountDownLatch(1);
    dying.subscribe(
        "q",
        1,
        delivery -> {
          taken.countDown();
          new CountDownLatch(1).await();
          return Answer.DONE;
        });
    put(message("m"));
    assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
    dying.crash();
    subscribe(delivery -> Answer.DONE);
    assertThat(queue.stats("q").inFlight()).isEqualTo(1);
    advance(Duration.ofSeconds(30));
    assertThat(settled().delayed()).isEqualTo(1);
    advance(Duration.ofSeconds(1));
    assertThat(next().attempt()).isEqualTo(2);
  }
}
