package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.queue.CapabilityChapter;
import dev.fantasticfour.world.tck.queue.ConsumerChapter;
import dev.fantasticfour.world.tck.queue.DeadLetterChapter;
import dev.fantasticfour.world.tck.queue.DeliveryChapter;
import dev.fantasticfour.world.tck.queue.KeyChapter;
import dev.fantasticfour.world.tck.queue.QueueOutageChapter;
import dev.fantasticfour.world.tck.queue.RetryChapter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link Queue} must do. Extend it and say how the adapter is opened:
 *
 * <pre>{@code
 * final class MyQueueTckTest extends QueueTck {
 *   @Override
 *   public Harness<Queue> harness() {
 *     return Harness.of(() -> new MyQueue(server, Duration.ofMillis(1)));
 *   }
 * }
 * }</pre>
 *
 * <p>Open it with a first pause after failures of some milliseconds and the pauses bounded by some
 * more, or offer a clock that can be moved: a message is failed fifty times. With {@link
 * Harness#withCrash} the lease must run out within the patience of the harness.
 *
 * <p>Chapters carry tags, so that one alone can be run: {@code -Dgroups=delivery}.
 */
@ExtendWith(QueueExtension.class)
public abstract class QueueTck implements Kit<Queue> {

  @Nested
  @Tag("delivery")
  class Deliveries implements DeliveryChapter {}

  @Nested
  @Tag("retries")
  class Retries implements RetryChapter {}

  @Nested
  @Tag("keys")
  class Keys implements KeyChapter {}

  @Nested
  @Tag("consumers")
  class Consumers implements ConsumerChapter {}

  @Nested
  @Tag("dead-letters")
  class DeadLetters implements DeadLetterChapter {}

  @Nested
  @Tag("capabilities")
  class Capabilities implements CapabilityChapter {}

  @Nested
  @Tag("outages")
  class Outages implements QueueOutageChapter {}
}
