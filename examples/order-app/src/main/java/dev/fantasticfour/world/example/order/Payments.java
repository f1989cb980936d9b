package dev.fantasticfour.world.example.order;

import java.io.IOException;

/** The payment service. */
interface Payments {

  /**
   * Charges once per idempotency key, however often it is asked.
   *
   * @return the number of the payment
   */
  String charge(Charge charge, String idempotencyKey) throws IOException;
}
