package dev.fantasticfour.world.api.workflow;

/**
 * Branches that live and end together. When one fails, the others are cancelled; closing the scope
 * cancels those that still run and returns when all have ended, so that no branch outlives its
 * block.
 */
public interface Scope extends AutoCloseable {

  /** Starts a branch. It runs when the current one next waits. */
  <T> Branch<T> fork(BranchBody<T> body);

  /**
   * Waits until all branches have ended. The first failure cancels the others and is thrown here,
   * as {@link Branch#join()} throws it, once they have ended.
   *
   * @throws dev.fantasticfour.world.api.error.ScopeTimedOutException when the scope has a time
   *     limit that they were cancelled by
   */
  void join();

  /**
   * Cancels what still runs and waits for its end. Failures that nobody joined are dropped, but for
   * a {@link dev.fantasticfour.world.api.error.ContextMisuseException} or a refused argument, which
   * is thrown.
   */
  @Override
  void close();
}
