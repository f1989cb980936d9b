package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.statistics.Latencies;
import dev.fantasticfour.world.bench.subject.BareLoop;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.StepRunner;
import dev.fantasticfour.world.bench.subject.WorldSteps;
import java.util.ArrayList;
import java.util.List;

/** Row a: how long one caller waits for a run of one and of ten steps, near and far. */
public final class LatencyRow implements Row {

  private static final String ROW = "a";
  private static final int[] STEPS = {1, 10};
  private static final double MOST_OVER_THE_LOOP = 1.2;
  private static final double MOST_OF_DBOS_FOR_ONE = 0.4;
  private static final double MOST_OF_DBOS_FOR_TEN = 0.45;

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    List<Comparison> lines = new ArrayList<>();
    try (Network near = Network.near();
        Network far = Network.far(bench.servers())) {
      lines.addAll(over(bench, near, "loopback", false));
      lines.addAll(over(bench, far, "+0.25 ms each way", true));
    }
    return lines;
  }

  private static List<Comparison> over(Bench bench, Network network, String name, boolean far)
      throws Exception {
    Servers servers = bench.servers();
    try (StepRunner world = new WorldSteps(network.reach(servers.freshConfig()));
        StepRunner loop = new BareLoop(network.reach(servers.freshConfig()));
        StepRunner dbos = new Dbos(network.reach(servers.freshDatabase()))) {
      return measure(bench, name, far, world, loop, dbos);
    }
  }

  private static List<Comparison> measure(
      Bench bench, String network, boolean far, StepRunner world, StepRunner loop, StepRunner dbos)
      throws Exception {
    List<Comparison> lines = new ArrayList<>();
    for (int steps : STEPS) {
      String what = (steps == 1 ? "1 step" : steps + " steps") + ", " + network;
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "a, " + what,
              List.of(
                  contestant(bench, "World", () -> world.run(steps)),
                  contestant(bench, "bare loop", () -> loop.run(steps)),
                  contestant(bench, "DBOS", () -> dbos.run(steps))));
      Objective ofDbos =
          Objective.ratioAtMost(steps == 1 ? MOST_OF_DBOS_FOR_ONE : MOST_OF_DBOS_FOR_TEN);
      String note = far ? bench.precision().text() : "";
      lines.add(
          turns
              .compare(ROW, what + ", p50", "ms", 0, "World", "bare loop")
              .target(Objective.ratioAtMost(MOST_OVER_THE_LOOP))
              .note(note));
      lines.add(
          turns
              .compare(ROW, what + ", p50", "ms", 0, "World", "DBOS")
              .target(far ? ofDbos : null)
              .note(note));
      lines.add(turns.compare(ROW, what + ", p99", "ms", 1, "World", "bare loop").note(note));
      lines.add(turns.compare(ROW, what + ", p99", "ms", 1, "World", "DBOS").note(note));
    }
    return lines;
  }

  /** A side whose operation one caller repeats; its figures are p50 and p99 in ms. */
  static Contestant contestant(Bench bench, String name, Load.Operation operation) {
    Plan plan = bench.plan();
    return new Contestant(
        name,
        () -> Load.timed(plan.warmUp(), plan.warmUpTime().dividedBy(2), operation),
        () -> {
          long[] nanos = Load.timed(plan.latency(), plan.roundTime(), operation);
          Latencies latencies = Latencies.ofNanos(nanos);
          return new Contestant.Result(
              nanos.length, latencies.percentileMillis(0.5), latencies.percentileMillis(0.99));
        });
  }
}
