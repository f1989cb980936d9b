package dev.fantasticfour.world.bench.micro;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks of this package. */
public final class MicroBenchmarks {

  private MicroBenchmarks() {}

  /**
   * Runs them and prints what they came to.
   *
   * @param quick one JVM and few, short iterations each
   */
  public static void run(boolean quick, PrintWriter out) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(MicroBenchmarks.class.getPackageName().replace(".", "\\.") + "\\..*")
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.milliseconds(quick ? 300 : 1_000))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(TimeValue.milliseconds(quick ? 300 : 1_000));
    Collection<RunResult> results = new Runner(options.build()).run();
    for (RunResult result : results) {
      Result<?> figure = result.getPrimaryResult();
      String benchmark = result.getParams().getBenchmark();
      String name =
          benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
      out.println(
          String.format(
              Locale.ROOT,
              "%-45s %12.3f ± %.3f %s (n = %d)",
              name,
              figure.getScore(),
              figure.getScoreError(),
              figure.getScoreUnit(),
              figure.getSampleCount()));
    }
  }
}
