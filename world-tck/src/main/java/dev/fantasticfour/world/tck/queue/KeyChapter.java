package dev.fantasticfour.world.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.tck.Racers;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Deduplication keys. */
public interface KeyChapter {

  private static Message keyed(QueueScene scene, String text) {
    return scene.message(text, "the key/ü", Duration.ZERO);
  }

  @Test
  @Rule({"Q-20", "Q-21"})
  @Requires(Capability.MESSAGE_KEYS)
  default void theSecondIsNotStoredWhileTheFirstWaits(QueueScene scene) {
    scene.send(keyed(scene, "1"));
    scene.queue().enqueue(List.of(keyed(scene, "2"), keyed(scene, "3")));
    scene.peer().enqueue(List.of(keyed(scene, "4")));
    assertThat(scene.stats().ready()).isEqualTo(1);
    Inbox inbox = scene.receive();
    inbox.await(1).staysAt(1);
    assertThat(inbox.texts()).containsExactly("1");
  }

  @Test
  @Rule("Q-20")
  @Requires(Capability.MESSAGE_KEYS)
  default void theSecondIsNotStoredWhileTheFirstIsHandled(QueueScene scene) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Inbox inbox =
        scene.receive(
            scene.peer(),
            4,
            delivery -> {
              begun.countDown();
              go.await();
              return Answer.DONE;
            });
    scene.send(keyed(scene, "1"));
    begun.await();
    scene.send(keyed(scene, "2"));
    inbox.staysAt(1);
    go.countDown();
    scene.awaitIdle();
    assertThat(inbox.texts()).containsExactly("1");
  }

  private static Set<String> missing(QueueScene scene) {
    return scene.peer().missing(scene.name(), List.of("waits", "sleeps", "the key/ü", "never"));
  }

  @Test
  @Rule("Q-27")
  @Requires(Capability.MESSAGE_KEYS)
  default void whatAQueueDoesNotHoldIsMissing(QueueScene scene) throws Exception {
    assertThat(missing(scene)).containsExactlyInAnyOrder("waits", "sleeps", "the key/ü", "never");
    scene.send(keyed(scene, "1"));
    scene.send(scene.message("later", "sleeps", Duration.ofDays(1)));
    assertThat(missing(scene)).containsExactlyInAnyOrder("waits", "never");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Inbox inbox =
        scene.receive(
            scene.queue(),
            1,
            delivery -> {
              begun.countDown();
              go.await();
              return Answer.DONE;
            });
    begun.await();
    scene.send(scene.message("2", "waits", Duration.ZERO));
    assertThat(missing(scene)).containsExactly("never");
    go.countDown();
    inbox.await(2);
    scene.stage().await("what is done is missing", () -> missing(scene).size() == 3);
    assertThat(scene.peer().missing(scene.name(), List.of())).isEmpty();
    assertThat(scene.peer().missing(scene.name() + "-other", List.of("sleeps")))
        .containsExactly("sleeps");
  }

  @Test
  @Rule("Q-21")
  @Requires(Capability.MESSAGE_KEYS)
  default void theTimeOfTheFirstIsNeitherPostponedNorHurried(QueueScene scene) {
    Inbox inbox = scene.receive();
    scene.send(scene.message("1", "k", Duration.ofMillis(300)));
    scene.send(scene.message("2", "k", Duration.ZERO));
    scene.send(scene.message("3", "k", Duration.ofDays(1)));
    assertThat(scene.stats().ready()).isZero();
    assertThat(scene.stats().delayed()).isEqualTo(1);
    inbox.await(1);
    assertThat(inbox.texts()).containsExactly("1");
    scene.awaitIdle();
  }

  @Test
  @Rule("Q-24")
  @Requires(Capability.MESSAGE_KEYS)
  default void aMessageThatIsWantedAgainKeepsItsKey(QueueScene scene) {
    AtomicInteger calls = new AtomicInteger();
    Inbox inbox =
        scene.receive(
            delivery ->
                calls.incrementAndGet() == 1
                    ? new Answer.Again(Duration.ofMillis(300))
                    : Answer.DONE);
    scene.send(keyed(scene, "1"));
    inbox.await(1);
    scene.stage().await("it waits again", () -> scene.stats().delayed() == 1);
    scene.send(keyed(scene, "2"));
    assertThat(scene.stats().ready()).isZero();
    inbox.await(2);
    scene.awaitIdle();
    assertThat(inbox.texts()).containsExactly("1", "1");
  }

  @Test
  @Rule("Q-22")
  @Requires(Capability.MESSAGE_KEYS)
  default void aKeyHoldsInItsQueueOnly(QueueScene scene) {
    String other = scene.name() + "-other";
    scene.send(keyed(scene, "1"));
    scene.send(QueueScene.message(other, "2", "the key/ü", Duration.ZERO));
    assertThat(scene.stats().ready()).isEqualTo(1);
    assertThat(scene.queue().stats(other).ready()).isEqualTo(1);
  }

  @Test
  @Rule("Q-23")
  @Requires(Capability.MESSAGE_KEYS)
  default void aKeyIsFreeOnceItsMessageIsDone(QueueScene scene) {
    Inbox inbox = scene.receive();
    scene.send(keyed(scene, "1"));
    inbox.await(1);
    scene.awaitIdle();
    scene.send(keyed(scene, "2"));
    inbox.await(2);
    assertThat(inbox.texts()).containsExactly("1", "2");
  }

  @Test
  @Rule("Q-25")
  @Requires(Capability.MESSAGE_KEYS)
  default void ofManyWithOneKeyOneIsStored(QueueScene scene) throws Exception {
    List<Callable<Boolean>> sending = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Queue at = i % 2 == 0 ? scene.queue() : scene.peer();
      sending.add(
          () -> {
            for (int n = 0; n < 12; n++) {
              at.enqueue(List.of(keyed(scene, "x")));
            }
            return true;
          });
    }
    Racers.all(sending);
    assertThat(scene.stats().ready()).isEqualTo(1);
  }

  @Test
  @Rule({"Q-23", "Q-24"})
  @Requires(Capability.MESSAGE_KEYS)
  default void aMessageThatFailedKeepsItsKeyAndIsNotLost(QueueScene scene) throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Inbox inbox =
        scene.receive(
            delivery -> {
              if (delivery.attempt() == 1 && failed.getCount() > 0) {
                failed.countDown();
                throw new IllegalStateException("the first attempt fails");
              }
              go.await();
              return Answer.DONE;
            });
    scene.send(keyed(scene, "1"));
    failed.await();
    scene.send(keyed(scene, "2"));
    go.countDown();
    scene
        .stage()
        .await(
            "it is tried again and done",
            () -> {
              scene.pass(Duration.ofMinutes(1));
              return inbox.deliveries().size() >= 2 && scene.isIdle();
            });
    assertThat(inbox.texts()).containsExactly("1", "1");
  }
}
