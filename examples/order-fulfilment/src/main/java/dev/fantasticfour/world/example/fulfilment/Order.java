package dev.fantasticfour.world.example.fulfilment;

import java.util.List;

/**
 * What a customer has ordered.
 *
 * @param cents what it costs, in whole cents: money is never a floating point number
 * @param parcels what goes into each parcel
 */
public record Order(String id, String customer, long cents, List<String> parcels) {

  public Order {
    parcels = List.copyOf(parcels);
  }

  /** A shipment for every parcel, in their order. */
  List<Shipment> shipments() {
    return parcels.stream().map(contents -> new Shipment(id, customer, contents)).toList();
  }
}
