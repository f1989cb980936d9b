package dev.fantasticfour.world.example.order;

import java.util.List;

/**
 * What a customer wants.
 *
 * @param cents what it costs, in whole cents: money is never a floating point number
 */
public record Order(String id, String customer, long cents, List<String> items) {

  public Order {
    items = List.copyOf(items);
  }
}
