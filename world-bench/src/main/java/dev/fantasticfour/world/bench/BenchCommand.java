package dev.fantasticfour.world.bench;

import dev.fantasticfour.world.bench.micro.MicroBenchmarks;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Environment;
import dev.fantasticfour.world.bench.report.JsonReport;
import dev.fantasticfour.world.bench.report.Report;
import dev.fantasticfour.world.bench.report.TextReport;
import dev.fantasticfour.world.bench.row.Bench;
import dev.fantasticfour.world.bench.row.Plan;
import dev.fantasticfour.world.bench.row.Row;
import dev.fantasticfour.world.bench.row.Rows;
import dev.fantasticfour.world.bench.row.Variant;
import dev.fantasticfour.world.bench.row.VariantRow;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.JobRunrJobs;
import dev.fantasticfour.world.bench.subject.SchedulerJobs;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code world bench}. */
@Command(
    name = "world bench",
    description = {
      "Measure World beside a bare loop over the same storage and beside its peers, in turns on the"
          + " same servers: those of WORKFLOW_POSTGRES_URL and WORKFLOW_REDIS_URL, each in fresh"
          + " databases and under fresh keys, or else embedded ones.",
      ""
    },
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {

  private static final String WORLD =
      "World: defaults (pool of 10, 1 000 active runs, 256 step bodies, 2 append lanes).";
  private static final String LOOP =
      "Bare loop: the batches of World's runs through the same append function and pump, on virtual"
          + " threads, without an engine.";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "LETTER",
      description = "measure these rows only: ${COMPLETION-CANDIDATES}")
  private @Nullable List<Rows> rows;

  @Option(names = "--quick", description = "small sizes, cold JIT: all rows in under two minutes")
  private boolean quick;

  @Option(
      names = "--tiny",
      hidden = true,
      description = "as little as shows that a row runs: for tests")
  private boolean tiny;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "how often each side takes its turn, 1 to 50 (default: 3, with --quick 2)")
  private @Nullable Integer repeats;

  @Option(
      names = "--variants",
      hidden = true,
      split = ",",
      paramLabel = "FILE",
      description =
          "instead run the bare loop over other forms of the store, each made by a file of SQL on a"
              + " migrated database, or by lanes=N, beside the form that is")
  private @Nullable List<String> variants;

  @Option(
      names = "--jmh",
      description = "instead run the JMH benchmarks of rules, replay and codec, without servers")
  private boolean jmh;

  @Option(names = "--json", description = "print JSON for programs instead of a table for people")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  private boolean help;

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    CommandLine line = line();
    if (jmh) {
      if (json || rows != null || repeats != null || variants != null) {
        throw new ParameterException(line, "--jmh goes together with --quick only");
      }
      MicroBenchmarks.run(quick, line.getOut());
      return 0;
    }
    List<Row> chosen = chosen();
    Instant began = Instant.now();
    try (Servers servers = Servers.open()) {
      Bench bench = new Bench(servers, plan, line.getErr());
      List<Comparison> comparisons = new ArrayList<>();
      for (Row row : chosen) {
        comparisons.addAll(row.measure(bench));
      }
      Report report = new Report(environment(began, plan, servers), comparisons);
      line.getOut().println(json ? JsonReport.of(report) : TextReport.of(report));
    }
    return 0;
  }

  private List<Row> chosen() {
    List<String> forms = variants;
    if (forms == null) {
      Set<Rows> all =
          rows == null || rows.isEmpty() ? EnumSet.allOf(Rows.class) : EnumSet.copyOf(rows);
      return all.stream().map(Rows::row).toList();
    }
    if (rows != null) {
      throw new ParameterException(line(), "--variants goes without --rows");
    }
    try {
      return List.of(new VariantRow(forms.stream().map(Variant::parse).toList()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line(), String.valueOf(e.getMessage()), e);
    }
  }

  private Plan plan() {
    Plan plan = tiny ? Plan.tiny() : quick ? Plan.quickly() : Plan.full();
    Integer given = repeats;
    if (given == null) {
      return plan;
    }
    if (given < 1 || given > 50) {
      throw new ParameterException(line(), "--repeats must be from 1 to 50, not " + given);
    }
    return plan.withRepeats(given);
  }

  private CommandLine line() {
    CommandSpec injected = spec;
    if (injected == null) {
      throw new IllegalStateException("not called by picocli");
    }
    return injected.commandLine();
  }

  private static Environment environment(Instant began, Plan plan, Servers servers) {
    Runtime runtime = Runtime.getRuntime();
    String collectors =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .map(MemoryPoolMXBean::getName)
            .filter(name -> name.contains("Old") || name.contains("Tenured"))
            .findFirst()
            .orElse("unknown heap");
    String jvm =
        "JDK "
            + Runtime.version()
            + ", "
            + collectors.replace(" Old Gen", "").replace("Tenured Gen", "Serial")
            + ", heap up to "
            + (runtime.maxMemory() >> 20)
            + " MiB";
    return new Environment(
        began,
        servers.postgresText(),
        servers.redisText(),
        jvm,
        runtime.availableProcessors(),
        plan.quick(),
        plan.repeats(),
        List.of(WORLD, LOOP, Dbos.SETTINGS, JobRunrJobs.SETTINGS, SchedulerJobs.SETTINGS));
  }
}
