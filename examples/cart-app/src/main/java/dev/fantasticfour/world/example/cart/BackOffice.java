package dev.fantasticfour.world.example.cart;

import java.io.IOException;

/** What a shop does besides keeping carts. */
interface BackOffice {

  /**
   * Writes to a customer who left a cart behind, once per idempotency key.
   *
   * @return the number of the letter
   */
  String remind(String customer, Contents contents, String idempotencyKey);

  /**
   * Charges once per idempotency key, however often it is asked.
   *
   * @return the number of the payment
   */
  String charge(String customer, long cents, String idempotencyKey);

  /** Puts one line of a cart into its parcel. */
  void pack(Contents.Line line) throws IOException, InterruptedException;
}
