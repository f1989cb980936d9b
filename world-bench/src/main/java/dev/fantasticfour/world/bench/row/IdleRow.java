package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.server.Database;
import dev.fantasticfour.world.bench.subject.CountedWorld;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import dev.fantasticfour.world.bench.subject.Worlds;
import java.time.Duration;
import java.util.List;

/** Row j: what it takes to begin, and what a node costs that has nothing to do. */
public final class IdleRow implements Row {

  private static final String ROW = "j";
  private static final int SECONDS = 60;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Duration SETTLING = Duration.ofSeconds(1);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    WorldConfig config = bench.servers().freshConfig();
    Database database = bench.servers().freshDatabase();
    RoundRobin turns =
        RoundRobin.take(
            bench,
            "j, start and idle",
            List.of(
                new Contestant(
                    "World",
                    () -> {
                      var unused = startUp(config);
                      new CountedWorld(config).close();
                    },
                    () -> ofWorld(bench, config)),
                new Contestant(
                    "DBOS", () -> new Dbos(database).close(), () -> ofDbos(bench, database))));
    String note =
        "Tables exist already and classes are loaded; start-up includes the connection pool. Idle"
            + " figures are of "
            + bench.plan().idle().toMillis() / 1e3
            + " s, as if for a minute, and without World's heartbeats, one every 2.5 s. Of DBOS"
            + " uses of a connection are counted.";
    return List.of(
        turns.compare(ROW, "start-up", "ms", 0, "World", "DBOS").note(note),
        turns.compare(ROW, "idle: statements", "1/min", 1, "World", "DBOS").note(note),
        turns.alone(ROW, "idle: Redis commands", "1/min", 2, "World").note(note));
  }

  private static Contestant.Result ofWorld(Bench bench, WorldConfig config) throws Exception {
    long startNanos = startUp(config);
    try (CountedWorld world = new CountedWorld(config)) {
      return result(bench, startNanos, world::statements);
    }
  }

  /** As an application opens it; nobody counts its statements. */
  private static long startUp(WorldConfig config) {
    long began = System.nanoTime();
    try (World world = Worlds.open(config, WorldFlows::register)) {
      world.start();
      return System.nanoTime() - began;
    }
  }

  private static Contestant.Result ofDbos(Bench bench, Database database) throws Exception {
    long began = System.nanoTime();
    try (Dbos dbos = new Dbos(database)) {
      return result(bench, System.nanoTime() - began, dbos::statements);
    }
  }

  private static Contestant.Result result(Bench bench, long startNanos, Usage.Count statements)
      throws Exception {
    Thread.sleep(SETTLING);
    Usage usage = Usage.watch(bench, statements);
    return new Contestant.Result(
        1, startNanos / NANOS_PER_MILLI, usage.statements() * SECONDS, usage.commands() * SECONDS);
  }
}
