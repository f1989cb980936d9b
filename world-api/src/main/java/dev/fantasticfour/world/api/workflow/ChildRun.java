package dev.fantasticfour.world.api.workflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run that a workflow has started as its child. It exists, and goes on by itself; the workflow
 * may wait for it or not. Used by the branch that has started it and by those below.
 *
 * @param <R> what the child returns
 */
public interface ChildRun<R> {

  /**
   * Its run. Where the child goes on in other runs ({@link WorkflowContext#continueAsNew}), the
   * first of them.
   */
  String runId();

  /**
   * Waits until the child has ended, without a thread and without asking for it, and returns what
   * it returned. May be called again.
   *
   * <p>A branch that is cancelled while it waits here asks the child to cancel itself and goes on
   * waiting for its end; then {@link dev.fantasticfour.world.api.error.CancelledException} is
   * thrown. With {@link ChildOptions.OnCancel#LEAVE} it is thrown at once, and nobody asks the
   * child.
   *
   * @return null when it returned nothing
   * @throws dev.fantasticfour.world.api.error.ChildFailedException when it failed
   * @throws dev.fantasticfour.world.api.error.ChildCancelledException when it was cancelled or
   *     terminated
   */
  R result();

  /** The same, at most that long; {@link Received.Nothing} when it goes on after that. */
  Received<R> result(Duration timeout);

  /** Whether it has ended, as far as the workflow has been told. */
  boolean isDone();

  /**
   * Asks it to cancel itself. Does not wait for that; a child that has ended, or was asked already,
   * is not asked.
   *
   * @param reason for people, or null
   */
  void cancel(@Nullable String reason);
}
