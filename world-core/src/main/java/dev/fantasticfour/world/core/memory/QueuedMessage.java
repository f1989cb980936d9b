package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message while a queue has it. Guarded by the store's lock. */
final class QueuedMessage {

  final Message message;

  /** The key it holds; null when it has none, or when it came back and found its key taken. */
  @Nullable String key;

  /** Its place among messages that are otherwise alike, and among dead letters. */
  long sequence;

  int attempts;

  /** Not before then. */
  Instant readyAt;

  /** Who handles it, null while nobody does. */
  @Nullable Instance holder;

  Instant leaseUntil = Instant.MIN;

  /** Counts its deliveries, so that a late answer to an earlier one is told apart. */
  long token;

  @Nullable String error;

  QueuedMessage(Message message, long sequence, Instant readyAt) {
    this.message = message;
    this.key = message.key();
    this.sequence = sequence;
    this.readyAt = readyAt;
  }

  /** As its handler gets it. */
  Held held() {
    return new Held(
        new Delivery(message.id(), message.queue(), message.body(), message.headers(), attempts),
        token);
  }

  /**
   * A message in the hands of a handler.
   *
   * @param token which of its deliveries it is
   */
  record Held(Delivery delivery, long token) {

    String id() {
      return delivery.id();
    }
  }
}
