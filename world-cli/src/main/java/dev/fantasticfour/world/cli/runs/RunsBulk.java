package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.BulkPreview;
import dev.fantasticfour.world.api.BulkReport;
import dev.fantasticfour.world.api.BulkVerb;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.operate.ManyRuns;
import dev.fantasticfour.world.core.operate.ManyRuns.Asked;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world runs bulk}. */
@Command(
    name = "bulk",
    description = {
      "Do one thing to all runs that match.",
      "Without --yes it says how many match and does nothing. Stopped in the middle, it is done"
          + " again under the same --operation and goes on with the rest."
    })
public final class RunsBulk implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private RunSearch search = new RunSearch();

  @Parameters(paramLabel = "VERB", description = "one of: ${COMPLETION-CANDIDATES}")
  private BulkVerb verb = BulkVerb.RETRY;

  @Option(names = "--yes", description = "do it")
  private boolean does;

  @Option(
      names = "--operation",
      paramLabel = "ID",
      description = "what it is known by; else one is made up and printed")
  private @Nullable String operationId;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "at most so many runs per second (default: ${DEFAULT-VALUE})")
  private int rate = 50;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept with the runs")
  private @Nullable String reason;

  public RunsBulk(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunFilter typed = search.filter(Instant.now());
    try (Operating operating = Assembly.operating(session)) {
      RunFilter filter = search.of(operating.reading(), typed);
      String operation = operationId == null ? "bulk-" + UUID.randomUUID() : operationId;
      ManyRuns runs = operating.operator().manyRuns();
      Asked asked = new Asked(verb, filter, operation, rate, reason);
      BulkPreview preview = runs.preview(asked);
      return does ? done(runs, asked, preview) : shown(operation, preview);
    }
  }

  private int shown(String operation, BulkPreview preview) {
    new Printed(session, output)
        .value(
            () ->
                Json.object()
                    .put("operation", operation)
                    .put("verb", verb.name())
                    .put("runs", preview.count().runs())
                    .put("more", preview.count().more()),
            () ->
                preview.count()
                    + " runs match; nothing was changed. The first: "
                    + preview.first().stream()
                        .map(RunRecord::id)
                        .map(Object::toString)
                        .collect(Collectors.joining(", "))
                    + ". With --yes it is done");
    return ExitCode.OK;
  }

  private int done(ManyRuns runs, Asked asked, BulkPreview preview) {
    String operation = asked.operationId();
    session.err().println("operation " + operation);
    BulkReport report = runs.run(asked, preview.ticket(), false);
    new Printed(session, output)
        .value(
            () ->
                Json.object()
                    .put("operation", operation)
                    .put("verb", verb.name())
                    .put("done", report.done())
                    .put("already", report.already())
                    .put("refused", report.refusals()),
            () ->
                report.done()
                    + " done, "
                    + report.already()
                    + " were so already, "
                    + report.refusals()
                    + " refused"
                    + report.refused().entrySet().stream()
                        .map(e -> "\n  " + e.getKey() + ": " + e.getValue())
                        .collect(Collectors.joining()));
    return report.refusals() == 0 ? ExitCode.OK : ExitCode.NO;
  }
}
