package dev.fantasticfour.world.example.order;

import org.jspecify.annotations.Nullable;

/**
 * How an order ended.
 *
 * @param payment what the payment service called it, null when nothing was charged
 * @param parcel what the warehouse called it, null when nothing was packed
 */
public record Receipt(
    String orderId, Outcome outcome, @Nullable String payment, @Nullable String parcel) {

  /** The three ways an order can end. */
  public enum Outcome {
    /** Charged and packed. */
    SHIPPED,
    /** Somebody said no. */
    REJECTED,
    /** Nobody said anything in time. */
    EXPIRED
  }

  static Receipt shipped(Order order, String payment, String parcel) {
    return new Receipt(order.id(), Outcome.SHIPPED, payment, parcel);
  }

  static Receipt without(Order order, Outcome outcome) {
    return new Receipt(order.id(), outcome, null, null);
  }
}
