package dev.fantasticfour.world.api.workflow;

/**
 * A branch that was forked: runs beside the others of its run, one at a time between context calls.
 */
public interface Branch<T> {

  /**
   * Waits for the branch and returns its result.
   *
   * @throws BranchFailedException with what it threw as the cause, unless that was unchecked: then
   *     it is thrown as it is
   * @throws dev.fantasticfour.world.api.error.ScopeTimedOutException when the time limit of its
   *     scope has cancelled it, once all branches of the scope have ended
   */
  T join();

  /** Whether it has ended, in any way. */
  boolean isDone();

  /**
   * Gives it up: the context call it waits in throws {@link
   * dev.fantasticfour.world.api.error.CancelledException}.
   */
  void cancel();
}
