package dev.fantasticfour.world.example.fulfilment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an order ended.
 *
 * @param payment number of the payment; null when nothing is charged
 * @param tracking numbers of the parcels, in their order; none when nothing is shipped
 * @param reason why it was not fulfilled, for people; null when it was
 */
public record Receipt(
    String order,
    Status status,
    @Nullable String payment,
    List<String> tracking,
    @Nullable String reason) {

  public Receipt {
    tracking = List.copyOf(tracking);
  }

  static Receipt shipped(Order order, String payment, List<String> tracking) {
    return new Receipt(order.id(), Status.SHIPPED, payment, tracking, null);
  }

  static Receipt without(Order order, Status status, String reason) {
    return new Receipt(order.id(), status, null, List.of(), reason);
  }
}
