package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.core.engine.time.RefusingMachine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Handlers: how many there are, how long they have a message, and what they need of the machine.
 */
final class MemorySubscriptionTest extends QueueScene {

  @Test
  void noMoreHandlersRunThanAllowed() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(40);
    queue.subscribe(
        "q",
        3,
        delivery -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.yield();
          now.decrementAndGet();
          all.countDown();
          return Answer.DONE;
        });
    for (int i = 0; i < 40; i++) {
      put(message("m" + i));
    }
    assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void aLongHandlerKeepsItsMessage() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    subscribe(
        delivery -> {
          finish.await();
          return Answer.DONE;
        });
    put(message("m"));
    next();
    for (int i = 0; i < 10; i++) {
      advance(Duration.ofMinutes(1));
    }
    assertThat(queue.stats("q").inFlight()).isEqualTo(1);
    finish.countDown();
    assertThat(settled().delayed()).isZero();
    assertThat(delivered).isEmpty();
  }

  @Test
  void closingWaitsThenInterruptsAndGivesBack() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Queue.Subscription subscription =
        subscribe(
            queue,
            1,
            delivery -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return Answer.DONE;
            });
    put(message("m"));
    next();
    subscription.close(Duration.ofMillis(10));
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(queue.stats("q").delayed()).isEqualTo(1);
    subscribe(delivery -> Answer.DONE);
    advance(Duration.ofSeconds(1));
    assertThat(next().attempt()).isEqualTo(2);
  }

  @Test
  void aMessageForWhichNoThreadCanBeStartedIsPutOffAndTheNextOnesAreTaken() throws Exception {
    RefusingMachine machine = new RefusingMachine();
    try (MemoryQueue scant = new MemoryQueue(store, machine)) {
      Queue.Subscription unused = subscribe(scant, 1, delivery -> Answer.DONE);
      machine.refuse(1);
      put(message("m1"));
      while (queue.stats("q").delayed() == 0) {
        Thread.onSpinWait();
      }
      put(message("m2"));
      assertThat(next().id()).isEqualTo("m2");
      advance(Duration.ofSeconds(1));
      Delivery putOff = next();

      assertThat(putOff.id()).isEqualTo("m1");
      assertThat(putOff.attempt()).as("none has failed").isEqualTo(1);
    }
  }

  @Test
  void aSubscriptionForWhichNoThreadCanBeStartedIsRefused() throws Exception {
    RefusingMachine machine = new RefusingMachine();
    try (MemoryQueue scant = new MemoryQueue(store, machine)) {
      machine.refuse(1);
      assertThatThrownBy(() -> scant.subscribe("q", 1, delivery -> Answer.DONE))
          .isInstanceOf(OutOfMemoryError.class);

      Queue.Subscription unused = subscribe(scant, 1, delivery -> Answer.DONE);
      put(message("m"));
      assertThat(next().id()).isEqualTo("m");
    }
  }
}
