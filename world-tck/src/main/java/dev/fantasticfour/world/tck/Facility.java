package dev.fantasticfour.world.tck;

/**
 * What a test may need of an adapter's surroundings besides the adapter itself. A harness offers
 * each, or declines it by name and says why.
 */
public enum Facility {
  /** The store's clock can be moved. */
  CLOCK,
  /** An instance can be ended as the death of its process would end it. */
  CRASH,
  /** The way of an instance to its store can be cut. */
  OUTAGE
}
