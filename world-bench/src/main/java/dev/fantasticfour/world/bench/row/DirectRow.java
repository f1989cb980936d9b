package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.subject.BareLoop;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.StepRunner;
import dev.fantasticfour.world.bench.subject.WorldSteps;
import java.util.ArrayList;
import java.util.List;

/**
 * Row b: how many runs of five steps a second, with many under way on the node that starts them.
 */
public final class DirectRow implements Row {

  private static final String ROW = "b";
  private static final int STEPS = 5;
  private static final int[] IN_FLIGHT = {100, 1_000};
  private static final double LEAST_OF_THE_LOOP = 0.65;
  private static final double LEAST_OF_DBOS_AT_100 = 6;
  private static final double LEAST_OF_DBOS_AT_1000 = 9;

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    List<Comparison> lines = new ArrayList<>();
    try (StepRunner world = new WorldSteps(servers.freshConfig());
        StepRunner loop = new BareLoop(servers.freshConfig());
        StepRunner dbos = new Dbos(servers.freshDatabase())) {
      for (int inFlight : IN_FLIGHT) {
        String what = STEPS + " steps, " + inFlight + " in flight";
        RoundRobin turns =
            RoundRobin.take(
                bench,
                "b, " + what,
                List.of(
                    contestant(bench, "World", inFlight, () -> world.run(STEPS)),
                    contestant(bench, "bare loop", inFlight, () -> loop.run(STEPS)),
                    contestant(bench, "DBOS", inFlight, () -> dbos.run(STEPS))));
        lines.add(
            turns
                .compare(ROW, what, "runs/s", 0, "World", "bare loop")
                .target(Objective.ratioAtLeast(LEAST_OF_THE_LOOP)));
        lines.add(
            turns
                .compare(ROW, what, "runs/s", 0, "World", "DBOS")
                .target(
                    Objective.ratioAtLeast(
                        inFlight == 100 ? LEAST_OF_DBOS_AT_100 : LEAST_OF_DBOS_AT_1000)));
      }
    }
    return lines;
  }

  /** A side whose operations are done by so many callers at once; its figure is their rate. */
  static Contestant contestant(Bench bench, String name, int inFlight, Load.Operation operation) {
    Plan plan = bench.plan();
    return new Contestant(
        name,
        () -> Load.callers(inFlight, plan.warmUp(), plan.warmUpTime(), operation),
        () -> {
          Load.Throughput outcome =
              Load.callers(inFlight, plan.throughput(), plan.roundTime(), operation);
          return new Contestant.Result(outcome.count(), outcome.perSecond());
        });
  }
}
