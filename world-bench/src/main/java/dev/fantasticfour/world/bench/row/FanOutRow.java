package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import dev.fantasticfour.world.bench.subject.Worlds;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Row e: one run that does very many things at once. */
public final class FanOutRow implements Row {

  private static final String ROW = "e";
  private static final double LEAST_OF_DBOS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    int branches = bench.plan().large();
    String what = String.format(Locale.ROOT, "1 run of %,d branches", branches);
    try (World world = Worlds.open(servers.freshConfig(), WorldFlows::register);
        Dbos dbos = new Dbos(servers.freshDatabase())) {
      world.start();
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "e, " + what,
              List.of(
                  contestant(
                      bench, "World", branches, count -> fanOut(world, WorldFlows.FAN_OUT, count)),
                  contestant(bench, "DBOS", branches, dbos::fanOut)));
      return List.of(
          turns
              .compare(ROW, what, "steps/s", 0, "World", "DBOS")
              .target(Objective.ratioAtLeast(LEAST_OF_DBOS))
              .note(
                  "DBOS has no branches: one workflow starts as many child workflows of one step"
                      + " each and awaits them."));
    }
  }

  /** Does that many things in one run. */
  @FunctionalInterface
  interface FanOut {
    void run(int count) throws Exception;
  }

  /** A side that does so many things in one run; its figure is their rate. */
  static Contestant contestant(Bench bench, String name, int branches, FanOut fanOut) {
    return new Contestant(
        name,
        () -> fanOut.run(Math.max(1, bench.plan().large() / 4)),
        () -> {
          long began = System.nanoTime();
          fanOut.run(branches);
          return new Contestant.Result(branches, branches * 1e9 / (System.nanoTime() - began));
        });
  }

  /** Starts a run of so many branches that comes to the sum of their numbers. */
  static void fanOut(World world, WorkflowType<Integer, Integer> type, int branches) {
    Integer sum = world.client().start(type, branches).result(PATIENCE);
    if (Objects.requireNonNull(sum) != branches * (branches - 1) / 2) {
      throw new IllegalStateException(branches + " branches came to " + sum);
    }
  }
}
