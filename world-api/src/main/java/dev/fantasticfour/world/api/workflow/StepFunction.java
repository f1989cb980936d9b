package dev.fantasticfour.world.api.workflow;

/**
 * The registered body of a {@link StepType}. Runs at least once per step, on a virtual thread; it
 * may block, and is interrupted when its result is no longer wanted. Its result is recorded once.
 */
@FunctionalInterface
public interface StepFunction<I, O> {

  /**
   * Does the work.
   *
   * @throws Exception is a failed attempt: {@link dev.fantasticfour.world.api.error.FatalException}
   *     the last one, {@link dev.fantasticfour.world.api.error.RetryableException} one with a pause
   *     of its own
   */
  O run(StepContext step, I input) throws Exception;
}
