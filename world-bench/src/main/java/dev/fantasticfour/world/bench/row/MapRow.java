package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import dev.fantasticfour.world.bench.subject.Worlds;
import java.util.List;
import java.util.Locale;

/** Row s: one run that does something for each item of a long list, some of them at once. */
public final class MapRow implements Row {

  private static final String ROW = "s";
  private static final int AT_ONCE = WorldFlows.ITEMS_AT_ONCE;

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    int items = bench.plan().large();
    String what = String.format(Locale.ROOT, "1 run of %,d items, %d at once", items, AT_ONCE);
    try (World world = Worlds.open(servers.freshConfig(), WorldFlows::register);
        Dbos dbos = Dbos.bounded(servers.freshDatabase(), AT_ONCE)) {
      world.start();
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "s, " + what,
              List.of(
                  FanOutRow.contestant(
                      bench,
                      "World",
                      items,
                      count -> FanOutRow.fanOut(world, WorldFlows.MAPS, count)),
                  FanOutRow.contestant(bench, "DBOS queue", items, dbos::fanOutQueued)));
      return List.of(
          turns
              .compare(ROW, what, "items/s", 0, "World", "DBOS queue")
              .note(
                  "DBOS has no branches: one workflow enqueues as many child workflows of one step"
                      + " each and awaits them, at a queue that lets "
                      + AT_ONCE
                      + " go on at once in a process. Its handles ask once a second whether a"
                      + " queued workflow has ended, so that up to a second is in its figure."));
    }
  }
}
