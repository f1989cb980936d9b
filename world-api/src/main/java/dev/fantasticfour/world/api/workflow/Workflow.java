package dev.fantasticfour.world.api.workflow;

/**
 * The code of a workflow: an ordinary object, built as you like, registered under its {@link
 * WorkflowType}.
 *
 * <p>{@link #run} is executed again from the top after a crash or an eviction, fed with the
 * recorded results, until it is where it was. It must therefore ask for the same things in the same
 * order: take time, randomness and ids from the context, do everything that touches the world in
 * steps, and start no threads of its own. One instance serves many runs at once; keep the state of
 * a run in local variables.
 *
 * @param <I> input
 * @param <O> result
 */
@FunctionalInterface
public interface Workflow<I, O> {

  /**
   * Runs the workflow.
   *
   * @param input what {@code start} was given, null when that was null
   * @return the result, which may be null
   * @throws Exception fails the run; a {@link dev.fantasticfour.world.api.error.CancelledException}
   *     after a cancel request ends it {@code cancelled}
   */
  O run(WorkflowContext ctx, I input) throws Exception;
}
