package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ContinueAsNew;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.ContinueOptions;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** That the code of a run goes on in another one: decided by its call, and never taken back. */
final class Handover {

  private final Workspace workspace;
  private final Definition<?, ?> definition;
  private final Lineage lineage;
  private final Supplier<RunId> runIds;
  private final Updates updates;
  private final List<RequestKind> kinds;
  private @Nullable Decision decided;
  private int inherited;
  private @Nullable Long cancelRequest;

  /**
   * @param runIds fresh ones: the successor stands in the log with the decision
   * @param kinds all that may have something to leave
   */
  Handover(
      Workspace workspace,
      Definition<?, ?> definition,
      Lineage lineage,
      Supplier<RunId> runIds,
      Updates updates,
      List<RequestKind> kinds) {
    this.workspace = workspace;
    this.definition = definition;
    this.lineage = lineage;
    this.runIds = runIds;
    this.updates = updates;
    this.kinds = kinds;
  }

  /** Something was left to the run by the one before, or came with its creation. */
  void inherited() {
    inherited++;
  }

  /** Which run goes on, and how it begins. */
  private record Decision(RunId next, Birth birth) {}

  /** Whether the code has decided to go on in another run: it can do nothing more in this one. */
  boolean isDecided() {
    return decided != null;
  }

  /** The code of a branch decides. */
  ContinueAsNew decide(
      BranchState branch,
      WorkflowType<?, ?> type,
      @Nullable Object input,
      ContinueOptions options) {
    requireRoot(branch);
    if (!type.name().equals(definition.name())) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "workflow '"
              + definition.name()
              + "' goes on as itself only, was asked to go on as '"
              + type.name()
              + "'; start a child, or a run of that workflow, instead");
    }
    Payload written = workspace.values().encode(input, type.input());
    Predecessor before = lineage.predecessor(isIdle());
    if (before.idle() >= Predecessor.MAX_IDLE) {
      throw workspace
          .halt()
          .stand(
              Standstill.ofCode(
                  "the code continues in a circle: "
                      + Predecessor.MAX_IDLE
                      + " runs in a row have done nothing but go on in the next one. Have it wait"
                      + " for something before it goes on"));
    }
    updates.endBefore(branch);
    CancelledException cancelled = branch.takeCancellation();
    if (cancelled != null) {
      // It comes before the decision, which was not made.
      updates.takeOn();
      throw cancelled;
    }
    if (!branch.isCancelled()) {
      // Whatever was asked for before, the code was told of, and goes on all the same.
      cancelRequest = null;
    }
    RunId next = runIds.get();
    decided =
        new Decision(
            next,
            new Birth(
                lineage.successor(written, options.attributes(), before), options.unpinned()));
    return new ContinueAsNew(workspace.run().value(), next.value());
  }

  /** Whether the code has asked for nothing, was told of nothing, and has read nothing. */
  private boolean isIdle() {
    return workspace.ledger().history().length() == 0 && left().size() == inherited;
  }

  private void requireRoot(BranchState branch) {
    if (!branch.path().isEmpty()) {
      throw new IllegalStateException(
          "a run goes on in another one from the root of its code, and this is branch '"
              + branch.path()
              + "': let the branch return, and decide where it is waited for");
    }
    if (branch.hasOpenScopes()) {
      throw new IllegalStateException(
          "a run cannot go on in another one while a scope or a saga is open: close it before");
    }
  }

  /**
   * Somebody asks the run to cancel itself. If its code has decided before, or decides behind a
   * shield so that it is never told, its successor is asked.
   */
  void cancelRequested() {
    cancelRequest = cancelRequest == null ? (Long) workspace.ledger().position() : cancelRequest;
  }

  /** The last event of the run, with what it leaves. */
  RunFact.Continued end() {
    Decision made = decided;
    if (made == null) {
      throw new IllegalStateException("it was not decided that the run goes on");
    }
    Collection<Long> left = left();
    if (cancelRequest != null) {
      left.add(cancelRequest);
    }
    return new RunFact.Continued(made.next().value(), List.copyOf(left), made.birth());
  }

  /** Where in the log stands what the code was told of and has not read. */
  private Collection<Long> left() {
    Collection<Long> left = new TreeSet<>();
    kinds.forEach(kind -> kind.leave(left));
    left.remove(0L);
    return left;
  }
}
