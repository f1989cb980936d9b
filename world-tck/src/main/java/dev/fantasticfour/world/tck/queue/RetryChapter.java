package dev.fantasticfour.world.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Handler;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is not done is delivered again. */
public interface RetryChapter {

  /** Fails so many times, then is done. */
  private static Handler failing(int times) {
    AtomicInteger calls = new AtomicInteger();
    return delivery -> {
      if (calls.incrementAndGet() <= times) {
        throw new IllegalStateException("attempt " + delivery.attempt() + " fails");
      }
      return Answer.DONE;
    };
  }

  private static Handler again(int times, Duration after) {
    AtomicInteger calls = new AtomicInteger();
    return delivery -> calls.incrementAndGet() <= times ? new Answer.Again(after) : Answer.DONE;
  }

  @Test
  @Rule({"Q-5", "Q-9", "Q-16"})
  default void aFailedMessageComesAgainAndCountsItsAttempts(QueueScene scene) {
    Inbox inbox = scene.receive(failing(2));
    String id = scene.send("1");
    awaitWhileTimePasses(scene, inbox, 3);
    assertThat(inbox.attempts()).containsExactly(1, 2, 3);
    assertThat(inbox.deliveries()).extracting(Delivery::id).containsOnly(id);
    scene.awaitIdle();
    assertThat(scene.stats().dead()).isZero();
  }

  private static void awaitWhileTimePasses(QueueScene scene, Inbox inbox, int count) {
    scene
        .stage()
        .await(
            "there are " + count + " deliveries",
            () -> {
              scene.pass(Duration.ofMinutes(1));
              return inbox.deliveries().size() >= count;
            });
  }

  @Test
  @Rule("Q-9")
  default void anErrorIsAFailureToo(QueueScene scene) {
    AtomicInteger calls = new AtomicInteger();
    Inbox inbox =
        scene.receive(
            delivery -> {
              if (calls.incrementAndGet() == 1) {
                throw new AssertionError("not even an exception");
              }
              return Answer.DONE;
            });
    scene.send("1");
    awaitWhileTimePasses(scene, inbox, 2);
    scene.awaitIdle();
  }

  @Test
  @Rule("Q-7")
  default void againNowMeansAgainNow(QueueScene scene) {
    Inbox inbox = scene.receive(again(2, Duration.ZERO));
    scene.send("1");
    inbox.await(3);
    assertThat(inbox.texts()).containsOnly("1");
    scene.awaitIdle();
  }

  @Test
  @Rule("Q-8")
  default void toBeWantedAgainIsNoFailure(QueueScene scene) {
    Inbox inbox = scene.receive(again(60, Duration.ZERO));
    scene.send("1");
    inbox.await(61);
    assertThat(inbox.attempts()).containsOnly(1);
    scene.awaitIdle();
    assertThat(scene.stats().dead()).isZero();
  }

  @Test
  @Rule({"Q-7", "Q-8"})
  default void againLaterMeansNoSooner(QueueScene scene) {
    Inbox inbox = scene.receive(again(1, Duration.ofMillis(300)));
    long start = System.nanoTime();
    scene.send("1");
    inbox.await(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(290));
    assertThat(inbox.attempts()).containsExactly(1, 1);
  }

  @Test
  @Rule("Q-8")
  default void aFailureAfterAnAgainCountsFromOne(QueueScene scene) {
    AtomicInteger calls = new AtomicInteger();
    Inbox inbox =
        scene.receive(
            delivery ->
                switch (calls.incrementAndGet()) {
                  case 1 -> throw new IllegalStateException("once");
                  case 2 -> new Answer.Again(Duration.ZERO);
                  default -> Answer.DONE;
                });
    scene.send("1");
    awaitWhileTimePasses(scene, inbox, 3);
    assertThat(inbox.attempts()).containsExactly(1, 2, 1);
  }

  @Test
  @Rule("Q-17")
  default void aMessageThatKeepsFailingHoldsUpNobody(QueueScene scene) {
    Inbox inbox =
        scene.receive(
            scene.queue(),
            1,
            delivery -> {
              if (delivery.body().text().equals("bad")) {
                throw new IllegalStateException("always");
              }
              return Answer.DONE;
            });
    scene.send("bad");
    for (int i = 0; i < 10; i++) {
      scene.send("" + i);
    }
    scene.stage().await("the others are done", () -> inbox.texts().contains("9"));
  }

  @Test
  @Rule({"Q-4", "Q-12"})
  default void whatACrashedConsumerHeldIsDeliveredAgain(QueueScene scene) throws Exception {
    Queue doomed = scene.stage().another();
    CountDownLatch begun = new CountDownLatch(1);
    doomed.subscribe(
        scene.name(),
        1,
        delivery -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return Answer.DONE;
        });
    scene.send("1");
    begun.await();
    scene.stage().crash(doomed);
    Inbox inbox = scene.receive();
    awaitWhileTimePasses(scene, inbox, 1);
    assertThat(inbox.attempts().getFirst()).isGreaterThanOrEqualTo(2);
    scene.awaitIdle();
  }

  @Test
  @Rule({"Q-7", "Q-4"})
  default void aConsumerThatCrashesAsItAsksForAgainLosesNothing(QueueScene scene) throws Exception {
    for (int round = 0; round < 3; round++) {
      Queue doomed = scene.stage().another();
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch answer = new CountDownLatch(1);
      doomed.subscribe(
          scene.name(),
          1,
          delivery -> {
            begun.countDown();
            answer.await();
            return new Answer.Again(Duration.ZERO);
          });
      scene.send("" + round);
      begun.await();
      answer.countDown();
      scene.stage().crash(doomed);
      Inbox inbox = scene.receive();
      awaitWhileTimePasses(scene, inbox, 1);
      scene.awaitIdle();
      assertThat(inbox.texts()).containsOnly("" + round);
      scene.end();
    }
  }
}
