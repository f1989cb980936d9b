package dev.fantasticfour.world.api.workflow;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Actions that are all done or all undone. Each action is asked for together with its compensation;
 * a saga that is closed before it was {@linkplain #commit committed} runs the compensations, the
 * last one first. Used with try-with-resources, a saga is undone by every exception that leaves its
 * block, a cancellation included, and by a {@code return} before the commit:
 *
 * <pre>{@code
 * try (Saga saga = ctx.saga()) {
 *   String hold = saga.step(RESERVE, order, (c, done) -> c.step(RELEASE, order.id()));
 *   saga.step(CHARGE, order, (c, done) -> c.step(REFUND, order.id()));
 *   saga.commit();
 *   return hold;
 * }
 * }</pre>
 *
 * <p><b>Compensations.</b> One runs after the other, in the branch of the saga, behind the shield
 * of {@link WorkflowContext#nonCancellable}: nothing cancels them. They are ordinary code: what
 * they ask for is recorded, so that a crash in between repeats none that is done. A compensation is
 * registered <em>before</em> its action is asked for, so that an action whose end nobody knows (it
 * timed out, was cancelled, or failed halfway) is undone too: it has to cope with an action that
 * never took effect.
 *
 * <p><b>Retry.</b> A step that is asked for in a compensation is tried again for ever ({@link
 * SagaOptions#retry}), unless it says so itself: by its options in the lambda form, which begin
 * with that policy in place of the usual one; by a key whose policy is not {@link
 * RetryPolicy#DEFAULT} in the typed form. Time limits of steps hold as ever, and a {@link
 * dev.fantasticfour.world.api.error.FatalException} ends a step at once. A <em>queued</em> step is
 * judged by the worker that runs it, which knows nothing of sagas: give its key {@link
 * RetryPolicy#forever()}.
 *
 * <p><b>A compensation that fails for good</b> does not keep the others from running. Afterwards
 * {@link #close()} throws a {@link dev.fantasticfour.world.api.error.CompensationFailedException}
 * with what each of them threw.
 *
 * <p>A saga is used by the branch that opened it; branches below it open sagas of their own. One
 * that its code leaves open is closed at the end of its branch. Closing on {@linkplain
 * dev.fantasticfour.world.api.error.RunDetached detach} does nothing: the run goes on elsewhere.
 */
public interface Saga extends AutoCloseable {

  /** Undoes an action. */
  @FunctionalInterface
  interface Compensation<R> {

    /**
     * Undoes it, or finds that there is nothing to undo.
     *
     * @param context of the branch of the saga
     * @param done the result of the action; empty when it is not known whether it took effect, and
     *     when the result is null
     * @throws Exception it could not be undone, and will not be
     */
    void undo(WorkflowContext context, Optional<R> done) throws Exception;
  }

  /** What else is done when a saga is undone. */
  @FunctionalInterface
  interface Undo {

    /**
     * Does it.
     *
     * @param context of the branch of the saga
     * @throws Exception it could not be done, and will not be
     */
    void run(WorkflowContext context) throws Exception;
  }

  /**
   * Asks for a step as {@link WorkflowContext#step(StepType, Object)} does, after its compensation
   * was registered under the name of the step.
   *
   * @throws dev.fantasticfour.world.api.error.ContextMisuseException when the saga is committed or
   *     closed
   */
  <I, R> R step(StepType<I, R> type, I input, Compensation<R> compensation);

  /** The same for a step whose body is written where it is called. */
  default <R> R step(String name, Class<R> result, StepBody<R> body, Compensation<R> compensation) {
    return step(name, ValueType.of(result), UnaryOperator.identity(), body, compensation);
  }

  /** The same with options: {@code o -> o.attempts(2)}. */
  default <R> R step(
      String name,
      Class<R> result,
      UnaryOperator<StepOptions> options,
      StepBody<R> body,
      Compensation<R> compensation) {
    return step(name, ValueType.of(result), options, body, compensation);
  }

  /** The same for a result type with arguments. */
  <R> R step(
      String name,
      ValueType<R> result,
      UnaryOperator<StepOptions> options,
      StepBody<R> body,
      Compensation<R> compensation);

  /**
   * Registers something to be done when the saga is undone, in its place among the compensations.
   * Nothing is recorded of that.
   *
   * @param name for people: what a failure is told by
   * @throws dev.fantasticfour.world.api.error.ContextMisuseException when the saga is committed or
   *     closed
   */
  void onUndo(String name, Undo undo);

  /** All is done: nothing will be undone. Again is as good as once. */
  void commit();

  /**
   * Runs the compensations, unless the saga is committed. Once; again does nothing.
   *
   * @throws dev.fantasticfour.world.api.error.CompensationFailedException when some failed for
   *     good, after all have run
   */
  @Override
  void close();
}
