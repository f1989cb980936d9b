package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.subject.Baton;
import dev.fantasticfour.world.bench.subject.WorldLineages;
import dev.fantasticfour.world.bench.subject.Worlds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Row r: how many times a second runs go on in another one, each after one step: those of one
 * chain, one after the other, and those of many chains at once.
 */
public final class HandoverRow implements Row {

  private static final String ROW = "r";
  private static final int[] CHAINS = {1, 100};

  /** Many chains are shorter, so that a round of theirs takes no longer than other rounds. */
  private static final int ONE_OF_MANY_TAKES_ONE_OF = 10;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    int longest = bench.plan().latency();
    List<Comparison> lines = new ArrayList<>();
    try (World world = Worlds.open(bench.servers().freshConfig(), WorldLineages::register)) {
      world.start();
      for (int chains : CHAINS) {
        int length = chains == 1 ? longest : Math.max(1, longest / ONE_OF_MANY_TAKES_ONE_OF);
        String what = (chains == 1 ? "1 chain" : chains + " chains") + " of runs of 1 step";
        RoundRobin turns =
            RoundRobin.take(bench, "r, " + what, List.of(contestant(world, chains, length)));
        lines.add(turns.alone(ROW, what, "hand-overs/s", 0, "World"));
      }
    }
    return lines;
  }

  private static Contestant contestant(World world, int chains, int length) {
    return new Contestant(
        "World",
        () -> run(world, chains, length),
        () -> {
          Load.Throughput ended = run(world, chains, length);
          return new Contestant.Result((long) ended.count() * length, ended.perSecond() * length);
        });
  }

  private static Load.Throughput run(World world, int chains, int length) throws Exception {
    return Load.callers(chains, chains, PATIENCE, () -> run(world, length));
  }

  private static void run(World world, int length) {
    Integer made =
        world.client().start(WorldLineages.HANDS_OVER, new Baton(length, 0)).result(PATIENCE);
    if (made == null || made != length) {
      throw new IllegalStateException(made + " of " + length + " hand-overs were made");
    }
  }
}
