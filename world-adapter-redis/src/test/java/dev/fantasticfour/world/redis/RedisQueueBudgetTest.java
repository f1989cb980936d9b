package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.embedded.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many calls a message may cost. */
final class RedisQueueBudgetTest {

  private static final QueueSettings USUAL =
      new QueueSettings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(15),
          Duration.ofSeconds(2));

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  private RedisMonitor monitor;

  @BeforeEach
  void watch() throws Exception {
    monitor = redis.closing(new RedisMonitor(Services.redis().url(), redis.prefix()));
  }

  @Test
  void aLoneMessageCostsAtMostFourCalls() {
    Queue queue = redis.queue(USUAL);
    RecordingHandler handler = new RecordingHandler();
    queue.subscribe("q", 10, handler);
    List<Integer> costs = new ArrayList<>();

    for (int i = 0; i < 20; i++) {
      int number = i;
      awaitQuiet(queue);
      monitor.reset();
      queue.enqueue(List.of(message("q", "" + number)));
      Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(number + 1));
      Eventually.assertThat(
          () -> assertThat(monitor.calls()).containsSubsequence("evalsha", "blpop"));
      costs.add(monitor.count());
    }

    // A sweep may fall into one of them.
    assertThat(costs.stream().sorted().toList().subList(0, 15)).allMatch(cost -> cost <= 4);
  }

  /** Until the consumer waits at the bell again. */
  private void awaitQuiet(Queue queue) {
    Eventually.assertThat(() -> assertThat(monitor.calls()).contains("blpop"));
  }

  @Test
  void underLoadAMessageCostsLessThanOneCall() throws Exception {
    int messages = 4_000;
    Queue queue = redis.queue(USUAL);
    RecordingHandler handler = new RecordingHandler();
    monitor.reset();
    List<Thread> producers = new ArrayList<>();
    for (int p = 0; p < 8; p++) {
      producers.add(
          Thread.startVirtualThread(
              () ->
                  IntStream.range(0, messages / 8)
                      .forEach(i -> queue.enqueue(List.of(message("q", "" + i))))));
    }
    queue.subscribe("q", 10, handler);
    for (Thread producer : producers) {
      producer.join();
    }

    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(messages));

    Eventually.assertThat(() -> assertThat(redis.storedKeys()).isEmpty());
    double perMessage = (double) monitor.count() / messages;
    System.out.printf("[queue] %.2f calls per message under load%n", perMessage);

    assertThat(perMessage).isLessThan(1);
  }

  @Test
  void anIdleSubscriptionAsksAboutOncePerSecondAtMost() {
    Queue queue = redis.queue(USUAL);
    queue.subscribe("q", 10, new RecordingHandler());
    awaitQuiet(queue);
    monitor.reset();

    Eventually.assertStays(
        Duration.ofSeconds(4), () -> assertThat(monitor.count()).isLessThanOrEqualTo(4));
  }
}
