package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.RefusingThreads;
import dev.fantasticfour.world.core.engine.time.SystemTime;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MemoryQueueTest {

  private static final ThreadFactory THREADS = SystemTime.virtualThreads("test");

  private final SettableClock clock = new SettableClock();
  private final MemoryQueueStore store = new MemoryQueueStore(clock, Duration.ofSeconds(1));
  private final MemoryQueue queue = new MemoryQueue(store, THREADS);
  private final BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    queue.close();
  }

  private static Message message(String id) {
    return message(id, Duration.ZERO, null, 0);
  }

  private static Message message(String id, Duration delay, String key, int priority) {
    return new Message(
        id, "q", Payload.json("\"" + id + "\""), Map.of("trace", id), delay, key, priority);
  }

  private void put(Message... messages) {
    queue.enqueue(List.of(messages));
  }

  private void subscribe(Queue.Handler handler) {
    queue.subscribe(
        "q",
        4,
        delivery -> {
          delivered.add(delivery);
          return handler.handle(delivery);
        });
  }

  private Delivery next() throws InterruptedException {
    Delivery delivery = delivered.poll(10, TimeUnit.SECONDS);
    assertThat(delivery).as("a delivery within ten seconds").isNotNull();
    return delivery;
  }

  private void advance(Duration by) {
    clock.advance(by);
    store.poke();
  }

  /** Waits until no message is in the hands of a handler. */
  private Queue.Stats settled() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (queue.stats("q").inFlight() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return queue.stats("q");
  }

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
  void aMessageForWhichNoThreadCanBeStartedIsPutOffAndTheNextOnesAreTaken() throws Exception {
    RefusingThreads threads = new RefusingThreads();
    try (MemoryQueue scant = new MemoryQueue(store, threads)) {
      Queue.Subscription unused =
          scant.subscribe(
              "q",
              1,
              delivery -> {
                delivered.add(delivery);
                return Answer.DONE;
              });
      threads.refuse(1);
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
    RefusingThreads threads = new RefusingThreads();
    try (MemoryQueue scant = new MemoryQueue(store, threads)) {
      threads.refuse(1);
      assertThatThrownBy(() -> scant.subscribe("q", 1, delivery -> Answer.DONE))
          .isInstanceOf(OutOfMemoryError.class);

      Queue.Subscription unused =
          scant.subscribe(
              "q",
              1,
              delivery -> {
                delivered.add(delivery);
                return Answer.DONE;
              });
      put(message("m"));
      assertThat(next().id()).isEqualTo("m");
    }
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
  void aSystemClockNeedsNobodyToPoke() throws Exception {
    try (MemoryQueue own = new MemoryQueue(SystemTime.clock(), THREADS)) {
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
  void anEndlessDelayIsAcceptedAndHoldsUpNobody() throws Exception {
    subscribe(delivery -> Answer.DONE);
    put(message("never", Duration.ofSeconds(Long.MAX_VALUE), null, 0));
    store.poke();
    put(message("m"));
    assertThat(next().id()).isEqualTo("m");
    assertThat(settled().delayed()).isEqualTo(1);
  }

  @Test
  void higherPrioritiesComeFirst() throws Exception {
    put(message("low"), message("high", Duration.ZERO, null, 9), message("low2"));
    queue.subscribe(
        "q",
        1,
        delivery -> {
          delivered.add(delivery);
          return Answer.DONE;
        });
    assertThat(List.of(next().id(), next().id(), next().id()))
        .containsExactly("high", "low", "low2");
  }

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
  void theMessagesOfADeadProcessComeBackWhenTheirLeaseRunsOut() throws Exception {
    MemoryQueue dying = new MemoryQueue(store, THREADS);
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

  @Test
  void closingWaitsThenInterruptsAndGivesBack() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Queue.Subscription subscription =
        queue.subscribe(
            "q",
            1,
            delivery -> {
              delivered.add(delivery);
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

  /** A process that lives long sees many workers come and go, and each of them is sent hints. */
  @Test
  void ofTheQueuesOfDeadWorkersOnlyThoseOfTheLastHourAreKept() {
    put(message("for anybody"));
    for (int worker = 0; worker < 100; worker++) {
      String own = Queue.OF_A_WORKER + worker;
      queue.enqueue(
          List.of(
              new Message("hint " + worker, own, null, Map.of(), Duration.ZERO, "run", 0),
              new Message("later " + worker, own, null, Map.of(), Duration.ofMinutes(5), null, 0)));
      clock.advance(Duration.ofMinutes(10));
    }
    assertThat(store.names()).hasSizeLessThan(10).contains("q", Queue.OF_A_WORKER + 99);
    assertThat(queue.stats("q").ready()).isEqualTo(1);
  }

  @Test
  void whatAWorkerHasInItsHandsIsKeptAndWhatIsLookedForLeavesNothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    String own = Queue.OF_A_WORKER + "slow";
    queue.subscribe(
        own,
        1,
        delivery -> {
          begun.countDown();
          go.await();
          return Answer.DONE;
        });
    queue.enqueue(List.of(new Message("1", own, null, Map.of(), Duration.ZERO, null, 0)));
    begun.await();
    clock.advance(Duration.ofHours(3));
    queue.enqueue(
        List.of(
            new Message("2", Queue.OF_A_WORKER + "new", null, Map.of(), Duration.ZERO, null, 0)));
    assertThat(store.names()).contains(own);
    go.countDown();
    assertThat(queue.stats(Queue.OF_A_WORKER + "never").ready()).isZero();
    assertThat(queue.missing(Queue.OF_A_WORKER + "never", List.of("k"))).containsExactly("k");
    assertThat(store.names()).doesNotContain(Queue.OF_A_WORKER + "never");
  }
}
