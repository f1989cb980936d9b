package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepOptions;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a step and its body: nothing, but in the tests of applications. Only the body
 * is replaced; attempts, limits, values and the log are those of any step.
 *
 * <p><b>Concurrency.</b> Any thread.
 */
public interface StepBodies {

  /** Bodies as they were written. */
  StepBodies AS_WRITTEN =
      new StepBodies() {
        @Override
        public <I, O> @Nullable StepFunction<I, O> of(
            String step, @Nullable StepFunction<I, O> written) {
          return written;
        }
      };

  /**
   * The body that a step has.
   *
   * @param written as it was registered, or as it stands in the code of the workflow, whose input
   *     is null; null when none is registered
   * @return null when it has none here
   */
  <I, O> @Nullable StepFunction<I, O> of(String step, @Nullable StepFunction<I, O> written);

  /** How a step is retried and where it runs. */
  default StepOptions options(String step, StepOptions chosen) {
    return chosen;
  }
}
