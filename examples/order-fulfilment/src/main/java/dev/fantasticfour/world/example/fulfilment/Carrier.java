package dev.fantasticfour.world.example.fulfilment;

/**
 * Who brings parcels. It knows a parcel by its name: asking again changes nothing, and what was
 * never done is undone by doing nothing. Each call answers what was noted.
 */
interface Carrier {

  /**
   * Books the transport of a parcel.
   *
   * @return its tracking number
   * @throws dev.fantasticfour.world.api.error.FatalException nobody goes there
   */
  String book(Shipment shipment) throws InterruptedException;

  /** Cancels it. */
  String cancel(String parcel);

  /** Hands a parcel over. */
  String collect(String parcel) throws InterruptedException;

  /** Has all parcels of an order brought back that were handed over. */
  String recall(String order);
}
