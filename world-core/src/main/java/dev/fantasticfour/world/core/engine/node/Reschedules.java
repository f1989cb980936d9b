package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.port.RunCustody.Reschedule;
import java.util.List;
import java.util.Set;

/**
 * Says when runs are due that park without an append: one call at a time, for all that parked while
 * the one before was under way. Any number of threads, each of which waits for its answer.
 */
final class Reschedules {

  private static final int MOST = 500;

  private final Environment environment;
  private final Tenure tenure;
  private final Folder<Reschedule, Boolean> calls;

  Reschedules(Environment environment, Tenure tenure) {
    this.environment = environment;
    this.tenure = tenure;
    this.calls =
        Folder.asking(
            environment.machine(),
            "reschedule",
            "rescheduling runs",
            FoldSize.of(MOST),
            this::reschedule);
  }

  /**
   * Repeats it until it is answered.
   *
   * @return whether the epoch still holds
   */
  boolean reschedule(Reschedule what) {
    try {
      return calls.ask(what);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException(ErrorCode.CLOSED, "interrupted while rescheduling a run", e);
    }
  }

  private List<Boolean> reschedule(List<Reschedule> runs) {
    Set<RunId> over =
        tenure.insist(
            "rescheduling " + runs.size() + " runs",
            () -> environment.storage().reschedule(tenure.worker(), runs));
    return runs.stream().map(each -> !over.contains(each.run())).toList();
  }
}
