package dev.fantasticfour.world.cli.retention;

import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.core.engine.retention.Archives;
import dev.fantasticfour.world.core.engine.retention.RetentionRound;
import dev.fantasticfour.world.core.engine.retention.RetentionRound.Outcome;
import dev.fantasticfour.world.core.operate.Action;
import dev.fantasticfour.world.core.port.Retention.ExpiredRun;
import dev.fantasticfour.world.core.port.Retention.ExpiredRuns;
import dev.fantasticfour.world.core.port.Storage;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world retention run}. */
@Command(
    name = "run",
    description = {
      "Delete at once what was kept for long enough, one line a run. Workers do the same beside",
      "their work. Exit code 1 when something could not be archived."
    })
public final class RetentionRun implements Callable<Integer> {

  private static final int PAGE = 200;

  private final Session session;
  @Mixin private Output output = new Output();

  @Option(names = "--dry-run", description = "say what would go, and delete nothing")
  private boolean dry;

  public RetentionRun(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String archive = session.config().retentionArchive();
    try (Operating operating = Assembly.onStorage(session)) {
      if (dry) {
        return show(operating.storage());
      }
      RetentionRound round =
          new RetentionRound(operating.storage(), archive == null ? null : Archives.of(archive));
      Deleted deleted =
          operating
              .operator()
              .act(
                  Action.RUN_RETENTION,
                  null,
                  () -> delete(round),
                  done -> done.count() + " deleted" + (done.trouble() == null ? "" : ", not all"));
      return end(deleted);
    }
  }

  private int show(Storage storage) {
    long count = 0;
    @Nullable String after = null;
    do {
      ExpiredRuns page = storage.expired(after, PAGE);
      page.runs().forEach(this::line);
      count += page.runs().size();
      after = page.next();
    } while (after != null);
    end(count + " would go");
    return ExitCode.OK;
  }

  /**
   * What came of it.
   *
   * @param trouble what kept a run from being deleted, or null
   */
  private record Deleted(long count, @Nullable String trouble) {}

  private Deleted delete(RetentionRound round) {
    long count = 0;
    @Nullable String after = null;
    @Nullable String trouble = null;
    do {
      Outcome outcome = round.take(after, PAGE);
      outcome.deleted().forEach(this::line);
      count += outcome.deleted().size();
      trouble = trouble == null ? outcome.trouble() : trouble;
      after = outcome.next();
    } while (after != null);
    return new Deleted(count, trouble);
  }

  private int end(Deleted deleted) {
    end(deleted.count() + " deleted");
    if (deleted.trouble() != null) {
      session.err().println("kept on: " + deleted.trouble());
    }
    return deleted.trouble() == null ? ExitCode.OK : ExitCode.NO;
  }

  private void line(ExpiredRun run) {
    session
        .out()
        .println(
            output.json()
                ? Json.line(
                    Json.object()
                        .put("run", run.run().value())
                        .put("workflow", run.workflow())
                        .put("status", run.status().word())
                        .put("completedAt", run.completedAt().toString()))
                : "%s  %-9s  %s  %s"
                    .formatted(
                        run.run(),
                        run.status().word(),
                        Moment.local(run.completedAt()),
                        run.workflow()));
  }

  private void end(String text) {
    if (!output.json()) {
      session.out().println(text);
    }
  }
}
