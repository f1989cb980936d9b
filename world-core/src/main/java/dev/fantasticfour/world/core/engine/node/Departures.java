package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import java.time.Duration;
import java.util.function.Consumer;

/** What is to be seen to when a run is over here. Safe for any number of threads. */
final class Departures {

  /** What was said to a run so shortly before it left, it may have left without hearing. */
  private static final Duration HEARING = Duration.ofSeconds(1);

  private final NodeParts parts;
  private final Holdings holdings;
  private final Consumer<RunId> hearsay;

  /**
   * @param hearsay told of runs that are to go on and do not live here
   */
  Departures(NodeParts parts, Holdings holdings, Consumer<RunId> hearsay) {
    this.parts = parts;
    this.holdings = holdings;
    this.hearsay = hearsay;
  }

  /** A run is over here: its threads must be gone soon, or are named. */
  void left(RunExecution execution, boolean runGoesOn) {
    RunId run = execution.run();
    long heard = parts.environment().machine().nanos() - HEARING.toNanos();
    boolean mayNotHaveHeard = holdings.table().remove(execution, heard);
    holdings.suspects().clear(run);
    holdings.stalls().forget(run);
    Strand strand = execution.strand();
    if (strand != null && strand.isDetached()) {
      parts.going().watch(run, strand, () -> hearsay.accept(run));
    }
    if (runGoesOn && mayNotHaveHeard) {
      hearsay.accept(run);
    }
  }
}
