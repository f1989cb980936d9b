package dev.fantasticfour.world.example.fulfilment;

/** One parcel of an order. */
public record Shipment(String order, String customer, String contents) {

  /** What carriers know the parcel by. */
  String parcel() {
    return order + "/" + contents;
  }
}
