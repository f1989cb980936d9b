package dev.fantasticfour.world.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is declined by name is refused, never ignored. */
public interface CapabilityChapter {

  /** Declined by name and refused, or not declined and taken; never ignored. */
  private static void refusedOrTaken(QueueScene scene, Capability what, Message message) {
    if (!scene.queue().declined().contains(what)) {
      scene.send(message);
      assertThat(scene.isIdle()).isFalse();
      return;
    }
    Throwable thrown = catchThrowable(() -> scene.queue().enqueue(List.of(message)));
    assertThat(thrown).isInstanceOf(WorldException.class);
    assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(scene.isIdle()).isTrue();
  }

  private static Message message(
      QueueScene scene, Duration delay, @Nullable String key, int priority) {
    return new Message(
        "msg_" + QueueScene.unique(),
        scene.name(),
        Payload.json("1"),
        Map.of(),
        delay,
        key,
        priority);
  }

  @Test
  @Rule("L9")
  default void delaysAreRefusedWhereTheyAreDeclined(QueueScene scene) {
    refusedOrTaken(
        scene, Capability.DELAYED_MESSAGES, message(scene, Duration.ofSeconds(1), null, 0));
  }

  @Test
  @Rule("L9")
  default void keysAreRefusedWhereTheyAreDeclined(QueueScene scene) {
    refusedOrTaken(scene, Capability.MESSAGE_KEYS, message(scene, Duration.ZERO, "k", 0));
  }

  @Test
  @Rule("L9")
  default void prioritiesAreRefusedWhereTheyAreDeclined(QueueScene scene) {
    refusedOrTaken(scene, Capability.MESSAGE_PRIORITY, message(scene, Duration.ZERO, null, 5));
  }
}
