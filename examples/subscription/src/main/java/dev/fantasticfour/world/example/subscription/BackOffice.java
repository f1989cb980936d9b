package dev.fantasticfour.world.example.subscription;

import java.io.IOException;

/** The bank and the post. */
interface BackOffice {

  /**
   * Charges a card once per idempotency key, however often it is asked.
   *
   * @throws IOException nobody answered: whether it was charged is known when asking again
   */
  Answer charge(Bill bill, String idempotencyKey) throws IOException, InterruptedException;

  /**
   * Writes to a subscriber whose card was refused, once per idempotency key.
   *
   * @return the number of the letter
   */
  String remind(Bill bill, String refusal, String idempotencyKey);
}
