package dev.fantasticfour.world.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.core.port.Queue.DeadLetter;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What cannot be delivered is kept, visible, and can be tried again. */
public interface DeadLetterChapter {

  /** Lets messages fail until they are dead; returns the inbox, which fails until it is told. */
  private static Inbox bury(QueueScene scene, AtomicBoolean failing, int count) {
    Inbox inbox =
        scene.receive(
            delivery -> {
              if (failing.get()) {
                throw new IllegalStateException("no way");
              }
              return Answer.DONE;
            });
    scene
        .stage()
        .await(
            count + " messages are dead",
            () -> {
              scene.pass(Duration.ofHours(1));
              return scene.stats().dead() == count;
            });
    return inbox;
  }

  @Test
  @Rule({"Q-10", "L9"})
  default void aMessageIsTriedFiftyTimesAndThenKeptAsADeadLetter(QueueScene scene) {
    String id = scene.send("1");
    Inbox inbox = bury(scene, new AtomicBoolean(true), 1);
    assertThat(inbox.deliveries()).hasSize(Queue.MAX_ATTEMPTS);
    assertThat(inbox.attempts().getLast()).isEqualTo(Queue.MAX_ATTEMPTS);
    DeadLetter dead = scene.peer().dead(scene.name(), PageRequest.oldestFirst()).items().getFirst();
    assertThat(dead.id()).isEqualTo(id);
    assertThat(dead.body().text()).isEqualTo("1");
    assertThat(dead.attempts()).isEqualTo(Queue.MAX_ATTEMPTS);
    assertThat(dead.error()).contains("no way");
    assertThat(scene.isIdle()).isTrue();
  }

  @Test
  @Rule({"Q-10", "L9"})
  default void aDeadLetterCanBeRevived(QueueScene scene) {
    AtomicBoolean failing = new AtomicBoolean(true);
    String id = scene.send("1");
    Inbox inbox = bury(scene, failing, 1);
    failing.set(false);
    assertThat(scene.peer().revive(scene.name(), id)).isTrue();
    inbox.await(Queue.MAX_ATTEMPTS + 1);
    assertThat(inbox.attempts().getLast()).isEqualTo(1);
    scene.awaitIdle();
    assertThat(scene.stats().dead()).isZero();
    assertThat(scene.queue().revive(scene.name(), id)).isFalse();
    assertThat(scene.queue().revive(scene.name(), "msg_nobody")).isFalse();
  }

  @Test
  @Rule({"Q-29", "L9"})
  default void aDeadLetterThatIsDroppedIsGoneAndNothingElseIs(QueueScene scene) {
    AtomicBoolean failing = new AtomicBoolean(true);
    String gone = scene.send("1");
    String stays = scene.send("2");
    Inbox inbox = bury(scene, failing, 2);
    failing.set(false);
    assertThat(scene.peer().drop(scene.name(), gone)).isTrue();
    assertThat(scene.queue().drop(scene.name(), gone)).as("again").isFalse();
    assertThat(scene.queue().revive(scene.name(), gone)).isFalse();
    assertThat(scene.queue().dead(scene.name(), page(3)).items())
        .extracting(DeadLetter::id)
        .containsExactly(stays);
    assertThat(scene.queue().revive(scene.name(), stays)).isTrue();
    inbox.await(2 * Queue.MAX_ATTEMPTS + 1);
    scene.awaitIdle();
    assertThat(inbox.texts().getLast()).isEqualTo("2");
  }

  @Test
  @Rule({"Q-29", "L9"})
  default void whatIsNotDeadIsNotDropped(QueueScene scene) {
    String ready = scene.send("1");
    String later = scene.send(scene.message("2", null, Duration.ofHours(1)));
    assertThat(scene.queue().drop(scene.name(), ready)).isFalse();
    assertThat(scene.queue().drop(scene.name(), later)).isFalse();
    assertThat(scene.queue().drop(scene.name(), "msg_nobody")).isFalse();
    Queue.Stats stats = scene.stats();
    assertThat(stats.ready()).isEqualTo(1);
    assertThat(stats.delayed()).isEqualTo(1);
  }

  @Test
  @Rule("Q-28")
  default void theQueuesThatHaveMessagesAreTold(QueueScene scene) {
    String other = scene.name() + ":{odd}*/ä";
    assertThat(scene.peer().queues()).doesNotContain(scene.name(), other);
    scene.send("1");
    scene.send(QueueScene.message(other, "2", null, Duration.ofHours(1)));
    assertThat(scene.peer().queues()).contains(scene.name(), other);
    Inbox inbox = bury(scene, new AtomicBoolean(true), 1);
    assertThat(inbox.deliveries()).isNotEmpty();
    String dead = scene.queue().dead(scene.name(), page(1)).items().getFirst().id();
    assertThat(scene.queue().queues()).as("with a dead letter").contains(scene.name());
    scene.queue().drop(scene.name(), dead);
    assertThat(scene.queue().queues()).as("with nothing").doesNotContain(scene.name());
  }

  @Test
  @Rule("Q-23")
  default void aDeadLetterHoldsNoKey(QueueScene scene) {
    AtomicBoolean failing = new AtomicBoolean(true);
    scene.send(scene.message("1", "k", Duration.ZERO));
    Inbox inbox = bury(scene, failing, 1);
    failing.set(false);
    scene.send(scene.message("2", "k", Duration.ZERO));
    inbox.await(Queue.MAX_ATTEMPTS + 1);
    assertThat(inbox.texts().getLast()).isEqualTo("2");
  }

  @Test
  @Rule({"PAG-1", "PAG-2"})
  default void deadLettersAreReadByPage(QueueScene scene) {
    for (int i = 0; i < 5; i++) {
      scene.send("" + i);
    }
    bury(scene, new AtomicBoolean(true), 5);
    Page<DeadLetter> first = scene.queue().dead(scene.name(), page(3));
    Page<DeadLetter> second = scene.peer().dead(scene.name(), page(3).after(first.cursor()));
    assertThat(first.items()).hasSize(3);
    assertThat(first.hasMore()).isTrue();
    assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
    assertThat(second.hasMore()).isFalse();
  }

  private static PageRequest page(int limit) {
    return PageRequest.oldestFirst().withLimit(limit);
  }

  @Test
  @Rule("3.3")
  default void anUnknownQueueIsEmpty(QueueScene scene) {
    assertThat(scene.queue().dead(scene.name(), page(3)).items()).isEmpty();
    assertThat(scene.stats()).isEqualTo(new Queue.Stats(0, 0, 0, 0, Duration.ZERO));
  }

  @Test
  @Rule("L9")
  default void theAgeOfTheOldestMessageIsShown(QueueScene scene) {
    scene.send("1");
    scene.stage().await("it grows older", () -> scene.stats().oldestReady().toMillis() >= 5);
    assertThat(scene.stats().oldestReady()).isLessThan(Duration.ofMinutes(1));
  }
}
