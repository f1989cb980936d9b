package dev.fantasticfour.world.example.cart;

/** How far a cart has come. */
public enum Status {
  /** The customer puts things in. */
  SHOPPING,
  /** The customer was silent, and was asked to come back. */
  REMINDED,
  /** Nothing can be changed any more: it is paid for and packed. */
  CHECKED_OUT,
  /** The parcel is on its way. */
  SENT,
  /** The customer was silent for too long. */
  ABANDONED
}
