package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.statistics.Series;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import dev.fantasticfour.world.bench.subject.Worlds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Row i: how long a run with a long history takes to come back that is in nobody's memory. */
public final class ReplayRow implements Row {

  private static final String ROW = "i";
  private static final double AIM_SECONDS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    int steps = bench.plan().large();
    int repeats = bench.plan().repeats();
    String what = String.format(Locale.ROOT, "resume of a run of %,d steps", steps);
    // Nothing that waits stays warm.
    WorldConfig config = bench.servers().freshConfig().withMaxParkedThreads(0);
    List<Run<Integer>> runs = new ArrayList<>();
    Series evicted;
    World first = Worlds.open(config, WorldFlows::register);
    try {
      first.start();
      bench.progress("i, " + 2 * repeats + " runs of " + steps + " steps begin");
      for (int i = 0; i < 2 * repeats; i++) {
        runs.add(first.client().start(WorldFlows.LONG, steps));
      }
      for (Run<Integer> run : runs) {
        run.awaitHook(WorldFlows.HOOK, PATIENCE);
      }
      evicted = resumed(bench, "after eviction", first, runs.subList(0, repeats), steps);
    } finally {
      first.close(CLOSING);
    }
    Series restarted;
    try (World second = Worlds.open(config, WorldFlows::register)) {
      second.start();
      restarted =
          resumed(bench, "after a restart", second, runs.subList(repeats, 2 * repeats), steps);
    }
    Objective aim = Objective.atMost(AIM_SECONDS).asAim();
    return List.of(
        Comparison.alone(ROW, what + " after eviction", "s", evicted, steps).target(aim),
        Comparison.alone(ROW, what + " after a restart", "s", restarted, steps).target(aim));
  }

  /** From the resume to the result, run by run, in seconds. */
  private static Series resumed(
      Bench bench, String when, World world, List<Run<Integer>> runs, int steps) {
    List<Double> seconds = new ArrayList<>();
    for (Run<Integer> run : runs) {
      bench.progress("i, resume " + when + ", " + (seconds.size() + 1));
      long began = System.nanoTime();
      world.client().resume(WorldFlows.HOOK, "long-" + run.id(), 1L);
      Integer sum = world.client().run(WorldFlows.LONG, run.id()).result(PATIENCE);
      seconds.add((System.nanoTime() - began) / 1e9);
      if (sum == null || sum != steps * (steps - 1) / 2) {
        throw new IllegalStateException(steps + " steps came to " + sum);
      }
    }
    return new Series(seconds);
  }
}
