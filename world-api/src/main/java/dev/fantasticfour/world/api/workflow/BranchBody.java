package dev.fantasticfour.world.api.workflow;

/**
 * The code of a branch. It must use the context it is given, never the one of the code around it.
 */
@FunctionalInterface
public interface BranchBody<T> {

  /** Runs the branch. */
  T run(WorkflowContext ctx) throws Exception;
}
