package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.port.RunCustody.Reschedule;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Says when runs are due, of which nothing is appended: one call at a time, for all about which
 * that was asked while the one before was under way. Any number of threads, each of which waits for
 * its answer.
 */
final class Reschedules {

  private static final FoldSize<Reschedule> SIZE = FoldSize.of(500);

  /** Where runs end by the hundred, a call for every few of them costs more than they do. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Environment environment;
  private final Tenure tenure;
  private final Folder<Reschedule, Boolean> calls;

  private Reschedules(Environment environment, Tenure tenure, FoldSize<Reschedule> size) {
    this.environment = environment;
    this.tenure = tenure;
    this.calls =
        Folder.asking(
            environment.machine(), "reschedule", "rescheduling runs", size, this::reschedule);
  }

  /** For those who cannot go on before they have the answer. */
  static Reschedules atOnce(Environment environment, Tenure tenure) {
    return new Reschedules(environment, tenure, SIZE);
  }

  /** For what nobody waits for: as many as possible with one call. */
  static Reschedules unhurried(Environment environment, Tenure tenure) {
    return new Reschedules(environment, tenure, SIZE.pausing(PAUSE));
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
