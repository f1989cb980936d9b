package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.subject.ObservedSteps;
import dev.fantasticfour.world.bench.subject.StepRunner;
import dev.fantasticfour.world.bench.subject.WorldSteps;
import java.util.ArrayList;
import java.util.List;

/** Row u: what it costs to be measured and traced, as runs of five steps a second. */
public final class ObservedRow implements Row {

  private static final String ROW = "u";
  private static final String OBSERVED = "measured and traced";
  private static final String UNOBSERVED = "neither";
  private static final int STEPS = 5;
  private static final int[] IN_FLIGHT = {100, 1_000};
  private static final double LEAST = 0.97;

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    List<Comparison> lines = new ArrayList<>();
    try (StepRunner observed = new ObservedSteps(bench.servers().freshConfig());
        StepRunner unobserved = new WorldSteps(bench.servers().freshConfig())) {
      for (int inFlight : IN_FLIGHT) {
        String what = STEPS + " steps, " + inFlight + " in flight";
        RoundRobin turns =
            RoundRobin.take(
                bench,
                "u, " + what,
                List.of(
                    DirectRow.contestant(bench, OBSERVED, inFlight, () -> observed.run(STEPS)),
                    DirectRow.contestant(
                        bench, UNOBSERVED, inFlight, () -> unobserved.run(STEPS))));
        lines.add(
            turns
                .compare(ROW, what, "runs/s", 0, OBSERVED, UNOBSERVED)
                .target(Objective.ratioAtLeast(LEAST)));
      }
    }
    return lines;
  }
}
