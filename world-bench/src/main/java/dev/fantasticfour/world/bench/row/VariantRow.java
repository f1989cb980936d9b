package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.server.Database;
import dev.fantasticfour.world.bench.subject.BareLoop;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Other forms of the store beside the one that is: the bare loop over each, in turns on one server.
 * For those who change the store; what a form is measured at stands in docs/performance.md.
 */
public final class VariantRow implements Row {

  private static final String ROW = "v";
  private static final String AS_IT_IS = "as it is";
  private static final int[] STEPS = {1, 10};
  private static final int[] IN_FLIGHT = {100, 1_000};
  private static final int STEPS_IN_FLIGHT = 5;

  private final List<Variant> variants;

  /**
   * @param variants with different names, none of them that of the form that is
   */
  public VariantRow(List<Variant> variants) {
    this.variants = List.copyOf(variants);
  }

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    Map<String, BareLoop> loops = new LinkedHashMap<>();
    try {
      loops.put(AS_IT_IS, open(bench, Variant.none(AS_IT_IS)));
      for (Variant variant : variants) {
        loops.put(variant.name(), open(bench, variant));
      }
      return measure(bench, loops);
    } finally {
      loops.values().forEach(BareLoop::close);
    }
  }

  private static BareLoop open(Bench bench, Variant variant) throws SQLException {
    WorldConfig config = bench.servers().freshConfig();
    PostgresMigrations.migrate(config);
    try (Connection connection = Database.of(config).connect();
        Statement statement = connection.createStatement()) {
      connection.setSchema(config.schema());
      if (!variant.sql().isBlank()) {
        statement.execute(variant.sql());
      }
    }
    return new BareLoop(config.withMigrateOnStart(false), variant.lanes());
  }

  private List<Comparison> measure(Bench bench, Map<String, BareLoop> loops) throws Exception {
    List<Comparison> lines = new ArrayList<>();
    for (int steps : STEPS) {
      String what = (steps == 1 ? "1 step" : steps + " steps") + ", one caller, p50";
      lines.addAll(
          compare(
              bench,
              what,
              "ms",
              loops,
              (name, loop) -> LatencyRow.contestant(bench, name, () -> loop.run(steps))));
    }
    for (int inFlight : IN_FLIGHT) {
      String what = STEPS_IN_FLIGHT + " steps, " + inFlight + " in flight";
      lines.addAll(
          compare(
              bench,
              what,
              "runs/s",
              loops,
              (name, loop) ->
                  DirectRow.contestant(bench, name, inFlight, () -> loop.run(STEPS_IN_FLIGHT))));
    }
    return lines;
  }

  /** How a form takes part. */
  @FunctionalInterface
  private interface Entry {
    Contestant of(String name, BareLoop loop);
  }

  private List<Comparison> compare(
      Bench bench, String what, String unit, Map<String, BareLoop> loops, Entry entry)
      throws Exception {
    List<Contestant> contestants = new ArrayList<>();
    loops.forEach((name, loop) -> contestants.add(entry.of(name, loop)));
    RoundRobin turns = RoundRobin.take(bench, "variants, " + what, contestants);
    return variants.stream()
        .map(
            variant ->
                turns.compare(ROW, variant.name() + ": " + what, unit, 0, variant.name(), AS_IT_IS))
        .toList();
  }
}
