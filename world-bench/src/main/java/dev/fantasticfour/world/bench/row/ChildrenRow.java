package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldLineages;
import dev.fantasticfour.world.bench.subject.Worlds;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Row q: one run that starts very many children at once and waits for all of them. */
public final class ChildrenRow implements Row {

  private static final String ROW = "q";
  private static final double LEAST_OF_DBOS = 15;

  /** What is compared is a rate, and as many as World starts would take DBOS a long time. */
  private static final int DBOS_TAKES_ONE_OF = 10;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    int children = bench.plan().large();
    int fewer = Math.max(1, children / DBOS_TAKES_ONE_OF);
    String what = String.format(Locale.ROOT, "1 run of %,d children", children);
    try (World world = Worlds.open(servers.freshConfig(), WorldLineages::register);
        Dbos dbos = new Dbos(servers.freshDatabase())) {
      world.start();
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "q, " + what,
              List.of(
                  FanOutRow.contestant(bench, "World", children, count -> start(world, count)),
                  FanOutRow.contestant(bench, "DBOS", fewer, dbos::fanOut)));
      return List.of(
          turns
              .compare(ROW, what, "children/s", 0, "World", "DBOS")
              .target(Objective.ratioAtLeast(LEAST_OF_DBOS))
              .note(
                  String.format(
                      Locale.ROOT,
                      "Children of one step each. A workflow of DBOS starts %,d.",
                      fewer)));
    }
  }

  private static void start(World world, int children) {
    Integer ended = world.client().start(WorldLineages.CHILDREN, children).result(PATIENCE);
    if (ended == null || ended != children) {
      throw new IllegalStateException(ended + " of " + children + " children have ended");
    }
  }
}
