package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.rules.RunSelection;

/**
 * Finds the run in which a chain goes on, by two reads however long the chain has become. Safe for
 * any number of threads.
 */
final class Chains {

  private static final PageRequest NEWEST = new PageRequest(1, null, PageRequest.Order.DESCENDING);

  private final RunViews storage;

  Chains(RunViews storage) {
    this.storage = storage;
  }

  /** The newest run of the chain of a run, which may be itself. */
  RunRecord newest(RunId run) {
    return newest(known(run));
  }

  /** The same; of a run that has not handed over there is nothing to read. */
  RunRecord newest(RunRecord run) {
    RunRecord at = run;
    while (at.continuedTo() != null) {
      RunRecord last = lastListed(at);
      // Ids are listed by the clocks of whoever made them, which need not agree.
      at = index(last) > index(at) ? last : known(at.continuedTo());
    }
    return at;
  }

  /** The first run of the chain of a run, which may be itself. */
  static RunId first(RunRecord run) {
    return RunSelection.firstOfChain(run);
  }

  private RunRecord lastListed(RunRecord run) {
    return storage.runs(Runs.chainOf(run.id()), NEWEST).items().stream().findFirst().orElse(run);
  }

  private static long index(RunRecord run) {
    return run.predecessor() == null ? 0 : run.predecessor().index();
  }

  private RunRecord known(RunId run) {
    return storage.run(run).orElseThrow(() -> RunReads.notFound(run));
  }
}
