package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.observe.Vitals;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How much a node has in hand. Safe for any number of threads. */
public final class NodeVitals implements Vitals {

  private final Node node;

  /** Of that node, whether it is started or not. */
  public NodeVitals(Node node) {
    this.node = node;
  }

  private int ofTable(ToIntFunction<RunTable> count) {
    Custodian custodian = node.custodian();
    return custodian == null ? 0 : count.applyAsInt(custodian.holdings().table());
  }

  @Override
  public int activeRuns() {
    return ofTable(RunTable::executing);
  }

  @Override
  public int activeRunsLimit() {
    return node.parts().environment().config().maxActiveRuns();
  }

  @Override
  public int parkedRuns() {
    return ofTable(RunTable::parkedCount);
  }

  /** Counted when it is asked for, so that runs that park and go on count nothing. */
  @Override
  public int parkedThreads() {
    return ofTable(
        table ->
            table.all().stream()
                .filter(run -> run.presence().isParked())
                .mapToInt(RunExecution::threads)
                .sum());
  }

  @Override
  public int parkedThreadsLimit() {
    return node.parts().environment().config().maxParkedThreads();
  }

  @Override
  public int activeBodies() {
    return node.parts().bodies().count();
  }

  @Override
  public int activeBodiesLimit() {
    return node.parts().environment().config().maxStepBodies();
  }

  @Override
  public int stuckThreads() {
    return node.stuckThreads();
  }

  @Override
  public @Nullable Duration leaseRemaining() {
    Custodian custodian = node.custodian();
    return custodian == null ? null : custodian.tenure().lease().remaining();
  }
}
