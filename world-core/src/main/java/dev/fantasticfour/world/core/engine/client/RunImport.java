package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.ImportOptions;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.copy.RunCopier;
import dev.fantasticfour.world.core.engine.export.HistoryReader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.RunCopies.RunCopy;
import java.io.IOException;
import java.io.Reader;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes histories in that were written down. */
final class RunImport {

  private static final String IMPORTED = "imported";

  private final RunCopier copier;
  private final IdSource ids;
  private final InstantSource clock;

  RunImport(RunCopier copier, IdSource ids, InstantSource clock) {
    this.copier = copier;
    this.ids = ids;
    this.clock = clock;
  }

  /** Takes in all that a file holds; of a chain the runs one by one, from the first on. */
  RunId take(String name, Reader in, ImportOptions options) throws IOException {
    List<RunHistory> histories = HistoryReader.read(name, in);
    for (RunHistory history : histories) {
      if (history.header().isRedacted()) {
        throw refused(
            name,
            "it holds shapes in the place of values: export it without redaction; of one that was"
                + " erased there is nothing to go on with");
      }
    }
    if (options.isNew() && histories.size() > 1) {
      throw refused(
          name, "a chain comes under its own ids or not at all; export the run alone for a new id");
    }
    RunId last = histories.getLast().header().run();
    for (RunHistory history : histories) {
      last = copier.begin(copy(history, options), null);
    }
    return last;
  }

  private RunCopy copy(RunHistory history, ImportOptions options) {
    boolean isOver = history.events().getLast().type().endsRun();
    RunCopy.@Nullable Held held =
        isOver || options.isGoing() ? null : new RunCopy.Held(IMPORTED, null);
    return options.isNew()
        ? RunCopier.renamed(ids.run(), history.events(), clock.instant(), held)
        : new RunCopy(history.header().run(), history.events(), true, null, held);
  }

  private static WorldException refused(String name, String why) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT, "cannot take in history '" + name + "': " + why);
  }
}
