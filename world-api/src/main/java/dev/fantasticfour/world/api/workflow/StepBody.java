package dev.fantasticfour.world.api.workflow;

/**
 * The body of an inline step, written where it is called. See {@link StepFunction} for how it is
 * run.
 */
@FunctionalInterface
public interface StepBody<O> {

  /** Does the work. */
  O run(StepContext step) throws Exception;
}
