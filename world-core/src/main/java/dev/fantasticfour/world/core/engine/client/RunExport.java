package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.ExportOptions;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.export.HistoryWriter;
import dev.fantasticfour.world.core.engine.export.Redaction;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.export.RunLogs;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.rules.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads histories from the store to have them written down, one at a time. */
final class RunExport {

  private final Storage storage;

  RunExport(Storage storage) {
    this.storage = storage;
  }

  void export(RunId run, Appendable out, ExportOptions options) throws IOException {
    RunRecord known = known(run);
    List<RunId> links = options.isOfChain() ? chainOf(known) : List.of(run);
    List<String> all = links.stream().map(RunId::value).toList();
    for (RunId link : links) {
      RunHistory history = RunHistory.of(RunLogs.read(storage, link));
      HistoryWriter.write(options.isRedacted() ? Redaction.of(history) : history, all, out);
    }
  }

  private List<RunId> chainOf(RunRecord run) {
    List<RunId> links = new ArrayList<>();
    for (RunId next = Chains.first(run); next != null; next = known(next).continuedTo()) {
      links.add(next);
    }
    return links;
  }

  private RunRecord known(RunId run) {
    RunRecord known = storage.run(run).orElseThrow(() -> RunReads.notFound(run));
    Protocol.requireSupported(run.value(), known.specVersion());
    return known;
  }
}
