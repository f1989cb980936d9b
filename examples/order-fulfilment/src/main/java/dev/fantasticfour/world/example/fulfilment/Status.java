package dev.fantasticfour.world.example.fulfilment;

/** How far an order has come. */
public enum Status {
  /** It was taken: stock is reserved, then money is asked for. */
  ACCEPTED,
  /** Somebody has to say yes. */
  AWAITS_APPROVAL,
  /** Its parcels are on their way to the carrier. */
  SHIPPING,
  /** The carrier has all of them. */
  SHIPPED,
  /** Somebody said no, or nobody said anything. Nothing is reserved any more. */
  REJECTED,
  /** A parcel could not be shipped. All was undone. */
  UNDELIVERABLE
}
