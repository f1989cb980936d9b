package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.report.Comparison;
import java.util.List;

/** One row of the benchmark. */
public interface Row {

  /** Measures it. What it opens it closes. */
  List<Comparison> measure(Bench bench) throws Exception;
}
