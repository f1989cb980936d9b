package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.List;
import java.util.Set;

/** Where a list of runs begins: {@code Runs.of(ORDER).status(FAILED).where(CUSTOMER.is("c-1"))}. */
public final class Runs {

  private Runs() {}

  /** All runs of all workflows. */
  public static RunFilter all() {
    return RunFilter.ALL;
  }

  /** Runs of a workflow. */
  public static RunFilter of(WorkflowType<?, ?> type) {
    return of(type.name());
  }

  /** Runs of the workflow of that name. */
  public static RunFilter of(String workflow) {
    return new RunFilter(
        workflow, Set.of(), List.of(), null, null, null, null, null, null, false, null);
  }

  /** The runs that a run has started as its children. */
  public static RunFilter childrenOf(RunId parent) {
    return RunFilter.ALL.of(new Family.ChildrenOf(parent));
  }

  /**
   * All runs below one that has no parent: its children, theirs, and so on. Of a chain it is the
   * first run whose tree it is, whichever run of the chain has started them.
   */
  public static RunFilter treeOf(RunId root) {
    return RunFilter.ALL.of(new Family.TreeOf(root));
  }

  /**
   * All runs of the chain that a run is in, itself included: the first, and those that go on in its
   * place. Of a run that has never handed over it is the run alone.
   *
   * @param any run of the chain
   */
  public static RunFilter chainOf(RunId any) {
    return RunFilter.ALL.of(new Family.ChainOf(any));
  }

  /** The runs that began with the log of one: its retries and forks. */
  public static RunFilter copiesOf(RunId original) {
    return RunFilter.ALL.of(new Family.CopiesOf(original));
  }
}
