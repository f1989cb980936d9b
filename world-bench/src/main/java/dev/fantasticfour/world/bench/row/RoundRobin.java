package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.statistics.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What several sides came to that took turns: A B C A B C, so that a machine that grows slower or
 * busier meanwhile does so for all.
 */
final class RoundRobin {

  /** By side, one result per repeat. */
  private final Map<String, List<Contestant.Result>> results;

  private RoundRobin(Map<String, List<Contestant.Result>> results) {
    this.results = results;
  }

  /** Warms every side up, and has them take turns. */
  static RoundRobin take(Bench bench, String what, List<Contestant> contestants) throws Exception {
    for (Contestant contestant : contestants) {
      bench.progress(what + ": " + contestant.name() + " warms up");
      contestant.warmUp().run();
    }
    Map<String, List<Contestant.Result>> results = new LinkedHashMap<>();
    int repeats = bench.plan().repeats();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      for (Contestant contestant : contestants) {
        bench.progress(what + ": " + contestant.name() + ", " + repeat + " of " + repeats);
        results
            .computeIfAbsent(contestant.name(), name -> new ArrayList<>())
            .add(contestant.round().run());
      }
    }
    return new RoundRobin(results);
  }

  /** Compares two sides in the figure of that index. */
  Comparison compare(String row, String what, String unit, int figure, String ours, String theirs) {
    return new Comparison(
        row,
        what,
        unit,
        series(ours, figure),
        theirs,
        series(theirs, figure),
        count(ours),
        null,
        "");
  }

  /** The figure of a side that has no peer. */
  Comparison alone(String row, String what, String unit, int figure, String ours) {
    return Comparison.alone(row, what, unit, series(ours, figure), count(ours));
  }

  /** One figure of one side, repeat by repeat. */
  Series series(String side, int figure) {
    return new Series(of(side).stream().map(result -> result.figures()[figure]).toList());
  }

  private long count(String side) {
    return of(side).getFirst().count();
  }

  private List<Contestant.Result> of(String side) {
    return Objects.requireNonNull(results.get(side), side);
  }
}
