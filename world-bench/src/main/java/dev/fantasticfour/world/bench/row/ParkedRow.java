package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.statistics.Series;
import dev.fantasticfour.world.bench.subject.CountedWorld;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import dev.fantasticfour.world.core.engine.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Row d: what many runs cost that only wait for somebody to resume them. */
public final class ParkedRow implements Row {

  private static final String ROW = "d";
  private static final int STARTERS = 256;
  private static final int MOST_OF_DBOS = 1_000;
  private static final double KIB = 1024;
  private static final double MOST_PER_SECOND = 1;
  private static final double MOST_KIB_DETACHED = 0.1;
  private static final double MOST_KIB_WARM = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration SETTLING = Duration.ofMillis(1_000);

  /** For five seconds a node sees to it that the threads of a detached run go, and knows it. */
  private static final Duration GONE = Duration.ofMillis(5_500);

  /**
   * What one side costs while runs are parked.
   *
   * @param statements per second and thousand runs, beyond what it costs when idle
   * @param commands of Redis, likewise
   * @param kib heap per run
   */
  private record Cost(int runs, Series statements, Series commands, double kib) {}

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    int runs = bench.plan().large();
    Cost warm = ofWorld(bench, runs, WorldConfig.defaults().maxParkedThreads());
    Cost detached = ofWorld(bench, runs, 0);
    Cost dbos = ofDbos(bench, Math.min(MOST_OF_DBOS, runs));
    String note =
        "Per 1 000 parked runs, and beyond what the same node costs when idle (which a window of "
            + bench.plan().idle().toMillis() / 1e3
            + " s sees to one statement); World parks "
            + runs
            + " runs, DBOS "
            + dbos.runs()
            + ". Of DBOS uses of a connection are counted, which may hold several statements. Heap"
            + " is taken after a collection; its error is about 1 MiB for all runs together.";
    return List.of(
        statements("warm", warm, dbos).note(note),
        statements("detached", detached, dbos).note(note),
        commands("warm", warm),
        commands("detached", detached),
        heap("heap per warm run", warm, dbos, MOST_KIB_WARM).note(note),
        heap("heap per detached run", detached, dbos, MOST_KIB_DETACHED).note(note));
  }

  private static Comparison statements(String which, Cost ours, Cost theirs) {
    return new Comparison(
        ROW,
        "parked, " + which + ": statements/s per 1 000 runs",
        "1/s",
        ours.statements(),
        "DBOS",
        theirs.statements(),
        ours.runs(),
        Objective.atMost(MOST_PER_SECOND),
        "");
  }

  private static Comparison commands(String which, Cost ours) {
    return Comparison.alone(
            ROW,
            "parked, " + which + ": Redis commands/s per 1 000 runs",
            "1/s",
            ours.commands(),
            ours.runs())
        .target(Objective.atMost(MOST_PER_SECOND));
  }

  private static Comparison heap(String what, Cost ours, Cost theirs, double most) {
    return new Comparison(
        ROW,
        what,
        "KiB",
        Series.of(ours.kib()),
        "DBOS",
        Series.of(theirs.kib()),
        ours.runs(),
        Objective.atMost(most),
        "");
  }

  private static Cost ofWorld(Bench bench, int runs, int warmThreads) throws Exception {
    String which = warmThreads == 0 ? "detached" : "warm";
    WorldConfig config = bench.servers().freshConfig().withMaxParkedThreads(warmThreads);
    try (CountedWorld world = new CountedWorld(config)) {
      Node node = world.node();
      // Once beforehand, so that classes and buffers are not counted as runs.
      int first = Math.min(runs, STARTERS);
      park(world, "first-", first);
      await(() -> isParked(node, Math.min(warmThreads, first)));
      Thread.sleep(SETTLING);
      bench.progress("d, World, " + which + ": idle");
      Usage idle = Usage.watch(bench, world::statements);
      long before = heap();
      bench.progress("d, World, " + which + ": parks " + runs + " runs");
      park(world, "parked-", runs);
      await(() -> isParked(node, Math.min(warmThreads, first + runs)));
      Thread.sleep(warmThreads == 0 ? GONE : SETTLING);
      long after = heap();
      return cost(bench, world::statements, runs, idle, after - before);
    }
  }

  private static boolean isParked(Node node, int warm) {
    return node.runs() == warm && node.parkedRuns() == warm;
  }

  private static void park(CountedWorld world, String prefix, int runs) throws Exception {
    AtomicInteger number = new AtomicInteger();
    Load.callers(
        STARTERS,
        runs,
        PATIENCE,
        () -> world.client().start(WorldFlows.PARKED, prefix + number.getAndIncrement()));
  }

  private static Cost ofDbos(Bench bench, int runs) throws Exception {
    try (Dbos dbos = new Dbos(bench.servers().freshDatabase())) {
      Thread.sleep(SETTLING);
      bench.progress("d, DBOS: idle");
      Usage idle = Usage.watch(bench, dbos::statements);
      long before = heap();
      bench.progress("d, DBOS: parks " + runs + " runs");
      List<Dbos.WaitingRun> waiting = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        waiting.add(dbos.startResumed());
      }
      Thread.sleep(SETTLING);
      long after = heap();
      Cost cost = cost(bench, dbos::statements, runs, idle, after - before);
      for (Dbos.WaitingRun each : waiting) {
        each.resume();
      }
      for (Dbos.WaitingRun each : waiting) {
        each.goesOnAt();
      }
      return cost;
    }
  }

  private static Cost cost(Bench bench, Usage.Count count, int runs, Usage idle, long heap)
      throws Exception {
    List<Double> statements = new ArrayList<>();
    List<Double> commands = new ArrayList<>();
    for (int repeat = 1; repeat <= bench.plan().repeats(); repeat++) {
      bench.progress("d: watches " + runs + " parked runs, " + repeat);
      Usage parked = Usage.watch(bench, count);
      statements.add((parked.statements() - idle.statements()) * 1_000 / runs);
      commands.add((parked.commands() - idle.commands()) * 1_000 / runs);
    }
    return new Cost(runs, new Series(statements), new Series(commands), heap / KIB / runs);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the runs were not parked within " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }

  /** What is used after two collections: the first may leave what it has only just found dead. */
  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
