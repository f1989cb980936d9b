package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.server.Filling;
import dev.fantasticfour.world.bench.subject.WorldSteps;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import dev.fantasticfour.world.postgres.PostgresStorage;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Row k: what a run and the sweep take in a database that holds very many runs that are over and
 * many that wait, beside one that is empty.
 */
public final class FullStoreRow implements Row {

  private static final String ROW = "k";
  private static final String FULL = "full";
  private static final String EMPTY = "empty store";

  /** For each branch of the fan-out, so that quick plans fill less. */
  private static final int OVER_PER_LARGE = 100;

  private static final int PARKED_PER_LARGE = 10;
  private static final int STEPS = 5;
  private static final int IN_FLIGHT = 100;
  private static final double MOST_OVER_EMPTY = 1.15;
  private static final double LEAST_OF_EMPTY = 0.87;

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    int over = bench.plan().large() * OVER_PER_LARGE;
    int parked = bench.plan().large() * PARKED_PER_LARGE;
    WorldConfig full = bench.servers().freshConfig();
    WorldConfig empty = bench.servers().freshConfig();
    PostgresMigrations.migrate(full);
    PostgresMigrations.migrate(empty);
    bench.progress(
        String.format(
            Locale.ROOT, "k: %,d runs that are over and %,d parked ones are made", over, parked));
    Filling.fill(full, over, parked);
    List<Comparison> lines = new ArrayList<>(runs(bench, full, empty));
    lines.add(sweep(bench, full, empty));
    return lines;
  }

  private static List<Comparison> runs(Bench bench, WorldConfig full, WorldConfig empty)
      throws Exception {
    try (WorldSteps inFull = new WorldSteps(full);
        WorldSteps inEmpty = new WorldSteps(empty)) {
      RoundRobin single =
          RoundRobin.take(
              bench,
              "k, 1 step",
              List.of(
                  LatencyRow.contestant(bench, FULL, () -> inFull.run(1)),
                  LatencyRow.contestant(bench, EMPTY, () -> inEmpty.run(1))));
      RoundRobin many =
          RoundRobin.take(
              bench,
              "k, " + STEPS + " steps",
              List.of(
                  DirectRow.contestant(bench, FULL, IN_FLIGHT, () -> inFull.run(STEPS)),
                  DirectRow.contestant(bench, EMPTY, IN_FLIGHT, () -> inEmpty.run(STEPS))));
      return List.of(
          single
              .compare(ROW, "1 step in a full store, p50", "ms", 0, FULL, EMPTY)
              .target(Objective.ratioAtMost(MOST_OVER_EMPTY)),
          many.compare(
                  ROW,
                  STEPS + " steps, " + IN_FLIGHT + " in flight, in a full store",
                  "runs/s",
                  0,
                  FULL,
                  EMPTY)
              .target(Objective.ratioAtLeast(LEAST_OF_EMPTY)));
    }
  }

  private static Comparison sweep(Bench bench, WorldConfig full, WorldConfig empty)
      throws Exception {
    try (PostgresStorage inFull = new PostgresStorageOpener(full).open();
        PostgresStorage inEmpty = new PostgresStorageOpener(empty).open()) {
      return RoundRobin.take(
              bench,
              "k, sweep",
              List.of(sweeps(bench, FULL, inFull), sweeps(bench, EMPTY, inEmpty)))
          .compare(ROW, "sweep of a full store, p50", "ms", 0, FULL, EMPTY)
          .target(Objective.ratioAtMost(MOST_OVER_EMPTY));
    }
  }

  private static Contestant sweeps(Bench bench, String name, PostgresStorage storage) {
    WorkerId worker = new WorkerId("wrkr_sweeps");
    storage.register(worker, "bench", Duration.ofHours(1));
    return LatencyRow.contestant(
        bench, name, () -> storage.due(worker, Work.ofAll("bench"), Duration.ofSeconds(2), 100));
  }
}
