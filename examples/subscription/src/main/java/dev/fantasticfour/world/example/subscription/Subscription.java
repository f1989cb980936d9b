package dev.fantasticfour.world.example.subscription;

import java.time.Instant;

/**
 * All that one run tells the next: a subscription as it is at the beginning of a run.
 *
 * @param card what the bank knows the card by
 * @param since when the first period began; the due dates of all others are counted from it
 * @param paid how many periods are paid for
 * @param ending whether it ends when they are over
 */
public record Subscription(
    String subscriber, Plan plan, String card, Instant since, int paid, boolean ending) {

  /** One of which nothing is paid yet. */
  static Subscription of(String subscriber, Plan plan, String card, Instant since) {
    return new Subscription(subscriber, plan, card, since, 0, false);
  }
}
