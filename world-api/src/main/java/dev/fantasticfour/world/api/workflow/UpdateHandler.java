package dev.fantasticfour.world.api.workflow;

/** The code that answers updates of one type. */
@FunctionalInterface
public interface UpdateHandler<Q, R> {

  /**
   * Answers one update, as a branch of its own: it may run steps, sleep and wait, and other code of
   * the workflow goes on at its context calls.
   *
   * @param context of this branch
   * @param request null when null was sent
   * @return the answer, possibly null
   * @throws Exception whoever asked is told of it; the run goes on
   */
  R handle(WorkflowContext context, Q request) throws Exception;
}
