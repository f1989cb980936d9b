package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a queue takes, and when and in which order it hands that out. */
final class MemoryQueueTest extends QueueScene {

  @Test
  void aMessageWaitsForItsSubscriptionAndIsDeliveredOnce() throws Exception {
    put(message("m1"));
    assertThat(queue.stats("q").ready()).isEqualTo(1);
    subscribe(delivery -> Answer.DONE);
    Delivery delivery = next();
    assertThat(delivery)
        .isEqualTo(new Delivery("m1", "q", Payload.json("\"m1\""), Map.of("trace", "m1"), 1));
    assertThat(settled()).isEqualTo(new Queue.Stats(0, 0, 0, 0, Duration.ZERO));
    assertThat(delivered).isEmpty();
  }

  @Test
  void higherPrioritiesComeFirst() throws Exception {
    put(message("low"), message("high", Duration.ZERO, null, 9), message("low2"));
    subscribe(queue, 1, delivery -> Answer.DONE);
    assertThat(List.of(next().id(), next().id(), next().id()))
        .containsExactly("high", "low", "low2");
  }

  @Test
  void aDelayIsKeptByTheClockOfTheStore() throws Exception {
    subscribe(delivery -> Answer.DONE);
    put(message("later", Duration.ofSeconds(2), null, 0), message("m"));
    assertThat(next().id()).isEqualTo("m");
    assertThat(settled().delayed()).isEqualTo(1);
    advance(Duration.ofMillis(1999));
    assertThat(queue.stats("q").delayed()).isEqualTo(1);
    advance(Duration.ofMillis(1));
    assertThat(next().id()).isEqualTo("later");
  }

  @Test
  void anEndlessDelayIsAcceptedAndHoldsUpNobody() throws Exception {
    subscribe(delivery -> Answer.DONE);
    put(message("never", Duration.ofSeconds(Long.MAX_VALUE), null, 0));
    store.poke();
    put(message("m"));
    assertThat(next().id()).isEqualTo("m");
    assertThat(settled().delayed()).isEqualTo(1);
  }

  @Test
  void aSystemClockNeedsNobodyToPoke() throws Exception {
    try (MemoryQueue own = new MemoryQueue(MACHINE)) {
      CountDownLatch done = new CountDownLatch(1);
      own.subscribe(
          "q",
          1,
          delivery -> {
            done.countDown();
            return Answer.DONE;
          });
      own.enqueue(List.of(message("m", Duration.ofMillis(30), null, 0)));
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aKeyIsHeldUntilItsMessageIsDone() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    put(message("m1", Duration.ofSeconds(5), "k", 0), message("m2", Duration.ZERO, "k", 0));
    assertThat(queue.stats("q")).extracting(Queue.Stats::ready).isEqualTo(0L);
    subscribe(
        delivery -> {
          finish.await();
          return Answer.DONE;
        });
    advance(Duration.ofSeconds(5));
    assertThat(next().id()).isEqualTo("m1");
    put(message("m3", Duration.ZERO, "k", 0));
    assertThat(queue.stats("q").ready()).isZero();
    finish.countDown();
    settled();
    put(message("m4", Duration.ZERO, "k", 0));
    assertThat(next().id()).isEqualTo("m4");
  }

  @Test
  void whatNoQueueTakesIsRefused() {
    assertThatThrownBy(
            () -> put(new Message("m", "", Payload.json("1"), Map.of(), Duration.ZERO, null, 0)))
        .isInstanceOf(WorldException.class);
    assertThatThrownBy(() -> queue.subscribe("q", 0, delivery -> Answer.DONE))
        .isInstanceOf(WorldException.class);
    queue.close();
    queue.close();
    assertThatThrownBy(() -> put(message("m"))).isInstanceOf(WorldException.class);
  }
}
