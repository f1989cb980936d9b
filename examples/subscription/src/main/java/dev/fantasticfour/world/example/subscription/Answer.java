package dev.fantasticfour.world.example.subscription;

import org.jspecify.annotations.Nullable;

/**
 * What the bank says to a bill. A refusal is an answer like any other, and no exception: asking
 * again at once would change nothing.
 *
 * @param payment number of the payment; null when the card was refused
 * @param refusal why it was refused, for people; null when it was charged
 */
public record Answer(@Nullable String payment, @Nullable String refusal) {

  static Answer paid(String payment) {
    return new Answer(payment, null);
  }

  static Answer refused(String why) {
    return new Answer(null, why);
  }

  boolean isPaid() {
    return payment != null;
  }
}
