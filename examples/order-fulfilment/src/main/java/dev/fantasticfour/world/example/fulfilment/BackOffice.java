package dev.fantasticfour.world.example.fulfilment;

/**
 * The stock and the till. Both know an order by its id: asking again changes nothing, and what was
 * never done is undone by doing nothing. Each call answers what was noted.
 */
interface BackOffice {

  /** Keeps what was ordered for that order. */
  String reserve(Order order);

  /** Lets go of it. */
  String release(String order);

  /** Charges the customer. */
  String charge(Order order);

  /** Pays back. */
  String refund(String order);
}
