package dev.fantasticfour.world.api.workflow;

/**
 * The code of the branches that {@link WorkflowContext#map} makes, one for each item. It must use
 * the context it is given, never the one of the code around it.
 */
@FunctionalInterface
public interface BranchFunction<T, R> {

  /** Runs the branch of one item. */
  R run(WorkflowContext branch, T item) throws Exception;
}
