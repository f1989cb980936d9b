package dev.fantasticfour.world.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Subscription;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Consumers: how many handlers there are, and how they end. */
public interface ConsumerChapter {

  private static void refused(ErrorCode code, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(WorldException.class);
    assertThat(((WorldException) thrown).code()).isEqualTo(code);
  }

  @Test
  @Rule("Q-14")
  default void noMoreHandlersRunAtOnceThanWereGranted(QueueScene scene) {
    Semaphore go = new Semaphore(0);
    Inbox inbox =
        scene.receive(
            scene.queue(),
            3,
            delivery -> {
              go.acquire();
              return Answer.DONE;
            });
    for (int i = 0; i < 12; i++) {
      scene.send("" + i);
    }
    inbox.await(3).staysAt(3);
    assertThat(scene.stats().inFlight()).isEqualTo(3);
    assertThat(scene.stats().ready()).isEqualTo(9);
    go.release(12);
    scene.awaitIdle();
    assertThat(inbox.most()).isEqualTo(3);
    assertThat(inbox.texts()).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  @Rule("Q-14")
  default void handlersMaySendWhileAllOfThemAreBusy(QueueScene scene) {
    Inbox inbox =
        scene.receive(
            scene.queue(),
            2,
            delivery -> {
              if (delivery.body().text().length() < 4) {
                scene.send(delivery.body().text() + "x");
              }
              return Answer.DONE;
            });
    scene.send("");
    scene.send("");
    inbox.await(10);
    scene.awaitIdle();
    assertThat(inbox.texts()).hasSize(10);
  }

  @Test
  @Rule("Q-12")
  default void aHandlerThatTakesItsTimeIsNotDoubled(QueueScene scene) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Inbox inbox =
        scene.receive(
            delivery -> {
              go.await();
              return Answer.DONE;
            });
    scene.send("slow");
    scene.stage().await("it is handled", () -> inbox.running() == 1);
    // Only now, or the quick one might have it, and nothing were slow.
    Inbox other = scene.receive(scene.peer(), 4, delivery -> Answer.DONE);
    scene.pass(Duration.ofMinutes(5));
    inbox.staysAt(1);
    other.staysAt(0);
    go.countDown();
    scene.awaitIdle();
    assertThat(inbox.texts().size() + other.texts().size()).isEqualTo(1);
  }

  @Test
  @Rule("Q-14")
  default void aSubscriptionMayBeClosedWithoutALimitOfPatience(QueueScene scene) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closes = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Inbox inbox =
        new Inbox(
            scene,
            delivery -> {
              begun.countDown();
              go.await();
              return Answer.DONE;
            });
    Subscription subscription = scene.queue().subscribe(scene.name(), 2, inbox);
    scene.send("1");
    begun.await();
    Thread closing =
        Thread.ofVirtual()
            .start(
                () -> {
                  closes.countDown();
                  subscription.close(ChronoUnit.FOREVER.getDuration());
                });
    closes.await();
    // Who does not wait for the handler interrupts it, and its message comes again.
    assertThat(closing.join(Duration.ofMillis(100))).isFalse();
    go.countDown();
    closing.join();
    Inbox other = scene.receive(scene.peer(), 1, delivery -> Answer.DONE);
    other.staysAt(0);
    assertThat(inbox.deliveries()).hasSize(1);
  }

  @Test
  @Rule("Q-14")
  default void aSubscriptionEndsWhenItsHandlersHaveAnswered(QueueScene scene) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Inbox inbox =
        new Inbox(
            scene,
            delivery -> {
              begun.countDown();
              go.await();
              return Answer.DONE;
            });
    Subscription subscription = scene.queue().subscribe(scene.name(), 2, inbox);
    scene.send("1");
    begun.await();
    Thread closing = Thread.ofVirtual().start(() -> subscription.close(Duration.ofSeconds(30)));
    scene.send("2");
    go.countDown();
    closing.join();
    assertThat(inbox.running()).isZero();
    int handled = inbox.deliveries().size();
    scene.send("3");
    inbox.staysAt(handled);
    subscription.close(Duration.ZERO);
  }

  @Test
  @Rule({"Q-4", "L9"})
  default void whatAHandlerDidNotFinishInTimeIsDeliveredAgain(QueueScene scene) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Subscription subscription =
        scene
            .queue()
            .subscribe(
                scene.name(),
                1,
                delivery -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                  return Answer.DONE;
                });
    scene.send("1");
    begun.await();
    subscription.close(Duration.ofMillis(20));
    interrupted.await();
    Inbox inbox = scene.receive();
    scene
        .stage()
        .await(
            "it is delivered again",
            () -> {
              scene.pass(Duration.ofMinutes(1));
              return inbox.deliveries().size() == 1;
            });
    scene.awaitIdle();
  }

  @Test
  @Rule("8.12")
  default void aClosedQueueRefusesEverythingAndHandlesNothing(QueueScene scene) {
    Queue another = scene.stage().another();
    Inbox inbox = new Inbox(scene, delivery -> Answer.DONE);
    another.subscribe(scene.name(), 1, inbox);
    another.close();
    another.close();
    scene.send("1");
    inbox.staysAt(0);
    refused(ErrorCode.CLOSED, () -> another.enqueue(List.of(scene.message("2"))));
    refused(ErrorCode.CLOSED, () -> another.stats(scene.name()));
    assertThat(scene.stats().ready()).isEqualTo(1);
  }

  @Test
  @Rule("8.12")
  default void aQueueSaysWhatItIs(QueueScene scene) {
    assertThat(scene.queue().version()).isNotBlank();
    assertThat(scene.queue().declined()).isEqualTo(scene.peer().declined());
  }
}
