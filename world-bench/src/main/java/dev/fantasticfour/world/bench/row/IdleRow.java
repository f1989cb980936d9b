package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.server.Database;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import java.time.Duration;
import java.util.List;

/** Row j: what it takes to begin, and what a node costs that has nothing to do. */
public final class IdleRow implements Row {

  private static final String ROW = "j";
  private static final int SECONDS = 60;
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /** PostgreSQL may count what a connection did as late as that, when nothing follows. */
  private static final Duration SETTLING = Duration.ofSeconds(11);

  private static final Duration QUICK_SETTLING = Duration.ofSeconds(1);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    WorldConfig config = bench.servers().freshConfig();
    Database ofWorld = new Database(String.valueOf(config.connectionString()));
    Database ofDbos = bench.servers().freshDatabase();
    Turns turns =
        Turns.take(
            bench,
            "j, start and idle",
            List.of(
                new Contestant(
                    "World",
                    () -> {
                      World world = World.create(config, WorldFlows::register);
                      world.start();
                      world.close(CLOSING);
                    },
                    () -> ofWorld(bench, config, ofWorld)),
                new Contestant(
                    "DBOS", () -> new Dbos(ofDbos).close(), () -> ofDbos(bench, ofDbos))));
    String note =
        "Tables exist already and classes are loaded. Idle figures are of "
            + bench.plan().idle().toMillis() / 1e3
            + " s, as if for a minute; PostgreSQL counts statements up to ten seconds late, which a"
            + " quick benchmark does not wait for.";
    return List.of(
        turns.compare(ROW, "start-up", "ms", 0, "World", "DBOS").note(note),
        turns.compare(ROW, "idle: statements", "1/min", 1, "World", "DBOS").note(note),
        turns.alone(ROW, "idle: Redis commands", "1/min", 2, "World").note(note));
  }

  private static Contestant.Result ofWorld(Bench bench, WorldConfig config, Database database)
      throws Exception {
    long began = System.nanoTime();
    try (World world = World.create(config, WorldFlows::register)) {
      world.start();
      return result(bench, database, System.nanoTime() - began);
    }
  }

  private static Contestant.Result ofDbos(Bench bench, Database database) throws Exception {
    long began = System.nanoTime();
    Dbos dbos = new Dbos(database);
    try {
      return result(bench, database, System.nanoTime() - began);
    } finally {
      dbos.close();
    }
  }

  private static Contestant.Result result(Bench bench, Database database, long startNanos)
      throws Exception {
    Thread.sleep(bench.plan().quick() ? QUICK_SETTLING : SETTLING);
    Usage usage = Usage.watch(bench, () -> bench.servers().transactions(database));
    return new Contestant.Result(
        1, startNanos / 1e6, usage.statements() * SECONDS, usage.commands() * SECONDS);
  }
}
