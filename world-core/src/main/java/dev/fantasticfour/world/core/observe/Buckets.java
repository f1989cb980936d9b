package dev.fantasticfour.world.core.observe;

import java.util.List;

/** Bounds: those of many libraries end at ten seconds, and a run may take a month. */
final class Buckets {

  /** What takes milliseconds when all is well. */
  static final List<Double> SHORT =
      List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

  /** What may take from a millisecond to an hour. */
  static final List<Double> MEDIUM =
      List.of(
          0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0,
          3600.0);

  /** What may take from a tenth of a second to a month. */
  static final List<Double> LONG =
      List.of(
          0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 14400.0, 86400.0, 604800.0,
          2592000.0);

  static final List<Double> COUNTS =
      List.of(
          1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0);

  private Buckets() {}
}
