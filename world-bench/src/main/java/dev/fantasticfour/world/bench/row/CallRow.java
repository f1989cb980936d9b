package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.StepRunner;
import dev.fantasticfour.world.bench.subject.WorldLineages;
import dev.fantasticfour.world.bench.subject.Worlds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Row p: how long one caller waits for a run that calls a child of one step, near and far. */
public final class CallRow implements Row {

  private static final String ROW = "p";
  private static final int STEPS = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    List<Comparison> lines = new ArrayList<>();
    try (Network near = Network.near();
        Network far = Network.far(bench.servers())) {
      lines.addAll(over(bench, near, "loopback", ""));
      lines.addAll(over(bench, far, "+0.25 ms each way", bench.precision().text()));
    }
    return lines;
  }

  private static List<Comparison> over(Bench bench, Network network, String where, String note)
      throws Exception {
    Servers servers = bench.servers();
    String what = "call of a child, " + where;
    try (World world = Worlds.open(network.reach(servers.freshConfig()), WorldLineages::register);
        Dbos dbos = new Dbos(network.reach(servers.freshDatabase()))) {
      world.start();
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "p, " + what,
              List.of(
                  LatencyRow.contestant(bench, "World", () -> call(world)),
                  LatencyRow.contestant(bench, "DBOS", () -> dbos.fanOut(1))));
      return List.of(
          turns.compare(ROW, what + ", p50", "ms", 0, "World", "DBOS").note(note),
          turns.compare(ROW, what + ", p99", "ms", 1, "World", "DBOS").note(note));
    }
  }

  private static void call(World world) {
    Integer sum = world.client().start(WorldLineages.CALLS, STEPS).result(PATIENCE);
    StepRunner.check(STEPS, Objects.requireNonNull(sum));
  }
}
