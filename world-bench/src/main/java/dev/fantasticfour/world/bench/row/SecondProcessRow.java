package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.subject.WorldSteps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Row m: how many runs a second two processes come to over the same servers, beside one, with the
 * same number of runs in flight.
 */
public final class SecondProcessRow implements Row {

  private static final String ROW = "m";
  private static final String ONE = "one process";
  private static final String TWO = "two processes";
  private static final int STEPS = 5;
  private static final int IN_FLIGHT = 1_000;

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    WorldConfig config = bench.servers().freshConfig();
    Plan plan = bench.plan();
    String what = STEPS + " steps, " + IN_FLIGHT + " in flight, two processes";
    try (WorldSteps here = new WorldSteps(config);
        OtherProcess there = OtherProcess.start(config, bench.servers().redisUrl())) {
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "m, " + what,
              List.of(
                  new Contestant(
                      TWO,
                      () -> both(here, there, plan.warmUp(), plan.warmUpTime().toMillis()),
                      () -> both(here, there, plan.throughput(), plan.roundTime().toMillis())),
                  DirectRow.contestant(bench, ONE, IN_FLIGHT, () -> here.run(STEPS))));
      return List.of(
          turns
              .compare(ROW, what, "runs/s", 0, TWO, ONE)
              .note("Both processes and the servers share the cores of one machine."));
    }
  }

  private static Contestant.Result both(WorldSteps here, OtherProcess there, int count, long millis)
      throws Exception {
    CompletableFuture<Load.Throughput> other =
        CompletableFuture.supplyAsync(
            () -> there.run(IN_FLIGHT / 2, STEPS, Math.max(1, count / 2), millis));
    Load.Throughput own =
        Load.callers(
            IN_FLIGHT / 2,
            Math.max(1, count / 2),
            Duration.ofMillis(millis),
            () -> here.run(STEPS));
    Load.Throughput others = other.get();
    int all = own.count() + others.count();
    return new Contestant.Result(all, all * 1e9 / Math.max(own.nanos(), others.nanos()));
  }
}
