package dev.fantasticfour.world.bench.report;

import java.util.List;

/** All that one call of the benchmark found, in the order in which it is shown. */
public record Report(Environment environment, List<Comparison> comparisons) {

  public Report {
    comparisons = List.copyOf(comparisons);
  }
}
