package dev.fantasticfour.world.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A message is stored, delivered, and done with. */
public interface DeliveryChapter {

  @Test
  @Rule({"Q-4", "Q-6"})
  default void aMessageIsDeliveredOnceWithAllItHas(QueueScene scene) {
    Payload body = Payload.of("odd/1", new byte[] {0, -1, 2});
    Message message =
        new Message(
            "msg_" + QueueScene.unique(),
            scene.name(),
            body,
            Map.of("trace", "1-2", "ключ", ""),
            Duration.ZERO,
            null,
            0);
    Inbox inbox = scene.receive();
    scene.send(message);
    inbox.await(1).staysAt(1);
    assertThat(inbox.deliveries())
        .containsExactly(new Delivery(message.id(), scene.name(), body, message.headers(), 1));
    scene.awaitIdle();
  }

  @Test
  @Rule({"Q-1", "Q-18"})
  default void aMessageWaitsForItsConsumer(QueueScene scene) {
    scene.send("1");
    assertThat(scene.stats().ready()).isEqualTo(1);
    Inbox inbox = scene.receive().await(1);
    assertThat(inbox.attempts()).containsExactly(1);
    scene.awaitIdle();
  }

  @Test
  @Rule("Q-2")
  default void aProducerNeedsNoSubscription(QueueScene scene) {
    Inbox inbox = scene.receive(scene.peer(), 4, delivery -> Queue.Answer.DONE);
    scene.send("1");
    inbox.await(1);
    assertThat(inbox.texts()).containsExactly("1");
  }

  @Test
  @Rule("Q-4")
  default void manyMessagesOfOneCallAreAllDelivered(QueueScene scene) {
    List<Message> messages = IntStream.range(0, 500).mapToObj(i -> scene.message("" + i)).toList();
    scene.queue().enqueue(messages);
    Inbox one = scene.receive();
    Inbox two = scene.receive(scene.peer(), 4, delivery -> Queue.Answer.DONE);
    scene.awaitIdle();
    assertThat(one.texts().size() + two.texts().size()).isEqualTo(500);
    assertThat(List.of(one.texts(), two.texts()).stream().flatMap(List::stream))
        .doesNotHaveDuplicates();
  }

  @Test
  @Rule("L8")
  default void anEmptyCallStoresNothing(QueueScene scene) {
    scene.queue().enqueue(List.of());
    assertThat(scene.isIdle()).isTrue();
  }

  @Test
  @Rule("Q-16")
  default void aMessageThatIsSentAgainUnderItsIdIsStoredOnce(QueueScene scene) {
    Message message = scene.message("1");
    scene.send(message);
    scene.peer().enqueue(List.of(message, message));
    assertThat(scene.stats().ready()).isEqualTo(1);
  }

  @Test
  @Rule("4.3")
  @Requires(Capability.DELAYED_MESSAGES)
  default void aDelayedMessageComesNoSooner(QueueScene scene) {
    Inbox inbox = scene.receive();
    long start = System.nanoTime();
    scene.send(scene.message("late", null, Duration.ofMillis(400)));
    scene.send("soon");
    inbox.await(1);
    assertThat(inbox.texts()).containsExactly("soon");
    assertThat(scene.stats().delayed()).isEqualTo(1);
    inbox.await(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(390));
  }

  @Test
  @Rule("Q-3")
  @Requires(Capability.DELAYED_MESSAGES)
  default void aVeryLongDelayIsTaken(QueueScene scene) {
    Inbox inbox = scene.receive();
    scene.send(scene.message("1", null, Duration.ofDays(40)));
    scene.send(scene.message("2", null, Duration.ofDays(400_000)));
    inbox.staysAt(0);
    assertThat(scene.stats().delayed()).isEqualTo(2);
    assertThat(scene.stats().ready()).isZero();
  }

  @Test
  @Rule("4.3")
  default void aNegativeDelayIsNone(QueueScene scene) {
    Inbox inbox = scene.receive();
    scene.send(scene.message("1", null, Duration.ofSeconds(-5)));
    inbox.await(1);
  }

  @Test
  @Rule("4.3")
  @Requires(Capability.MESSAGE_PRIORITY)
  default void aHigherPriorityComesFirst(QueueScene scene) {
    for (int priority : List.of(0, 9, 5)) {
      scene.send(
          new Message(
              "msg_" + QueueScene.unique(),
              scene.name(),
              Payload.json("" + priority),
              Map.of(),
              Duration.ZERO,
              null,
              priority));
    }
    Inbox inbox = scene.receive(scene.queue(), 1, delivery -> Queue.Answer.DONE);
    inbox.await(3);
    assertThat(inbox.texts()).containsExactly("9", "5", "0");
  }

  @Test
  @Rule("4.1")
  default void namesOfQueuesAreKeptApart(QueueScene scene) {
    String base = scene.name();
    List<String> names =
        List.of(base + "a", base + "A", base + "/a", base + "{a}", base + " ü:\uD83D\uDE00");
    names.forEach(name -> scene.send(QueueScene.message(name, "1", null, Duration.ZERO)));
    names.forEach(name -> assertThat(scene.queue().stats(name).ready()).as(name).isEqualTo(1));
    assertThat(scene.stats().ready()).isZero();
  }

  @Test
  @Rule("8.11")
  default void largeAndOddBodiesArriveUnchanged(QueueScene scene) {
    byte[] large = new byte[1 << 20];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31);
    }
    for (Payload body :
        List.of(
            Payload.binary(large),
            Payload.binary(new byte[0]),
            Payload.json("{\"\\u0000\":\"\\ud800\", \"a\" :1.0}"))) {
      scene.send(
          new Message(
              "msg_" + QueueScene.unique(), scene.name(), body, Map.of(), Duration.ZERO, null, 0));
    }
    Inbox inbox = scene.receive().await(3);
    assertThat(inbox.deliveries())
        .extracting(Delivery::body)
        .contains(Payload.binary(large), Payload.binary(new byte[0]));
  }
}
