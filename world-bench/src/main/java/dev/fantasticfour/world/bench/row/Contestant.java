package dev.fantasticfour.world.bench.row;

/**
 * One side of a row.
 *
 * @param warmUp what it does before the first round
 * @param round what it does in each round
 */
record Contestant(String name, Load.Operation warmUp, Round round) {

  /** A measured round. */
  @FunctionalInterface
  interface Round {
    Result run() throws Exception;
  }

  /**
   * What a round came to.
   *
   * @param count how many operations it measured
   * @param figures in an order that all sides of the row share
   */
  record Result(long count, double... figures) {}
}
