package dev.fantasticfour.world.core.engine.retention;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.export.HistoryWriter;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.export.RunLogs;
import dev.fantasticfour.world.core.port.ArchiveSink;
import dev.fantasticfour.world.core.port.Retention.ExpiredRun;
import dev.fantasticfour.world.core.port.Retention.ExpiredRuns;
import dev.fantasticfour.world.core.port.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes one page of the runs that may go: writes them to the archive first, if there is one, and
 * deletes those that it has taken. Safe for any number of threads.
 */
public final class RetentionRound {

  private final Storage storage;
  private final @Nullable ArchiveSink archive;

  /**
   * @param archive where runs are written first; null: nowhere
   */
  public RetentionRound(Storage storage, @Nullable ArchiveSink archive) {
    this.storage = storage;
    this.archive = archive;
  }

  /**
   * What a round came to.
   *
   * @param next where the next one goes on; null when all runs were looked at
   * @param deleted what went
   * @param trouble the first run that was not archived, and why; null when all were
   */
  public record Outcome(@Nullable String next, List<ExpiredRun> deleted, @Nullable String trouble) {

    public Outcome {
      deleted = List.copyOf(deleted);
    }
  }

  /** Takes it. */
  public Outcome take(@Nullable String after, int limit) {
    ExpiredRuns page = storage.expired(after, limit);
    List<RunId> safe = new ArrayList<>();
    String trouble = null;
    for (RunId run : page.ids()) {
      String refused = archive == null ? null : refusal(archive, run);
      if (refused == null) {
        safe.add(run);
      } else if (trouble == null) {
        trouble = "run " + run + " was not archived: " + refused;
      }
    }
    Set<RunId> gone = safe.isEmpty() ? Set.of() : storage.prune(safe);
    return new Outcome(
        page.next(),
        page.runs().stream().filter(run -> gone.contains(run.run())).toList(),
        trouble);
  }

  /** What the archive has against a run; null when it has taken it. */
  private @Nullable String refusal(ArchiveSink sink, RunId run) {
    RunHistory history = RunHistory.of(RunLogs.read(storage, run));
    try {
      sink.keep(run, out -> HistoryWriter.write(List.of(history), out));
      return null;
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }
}
