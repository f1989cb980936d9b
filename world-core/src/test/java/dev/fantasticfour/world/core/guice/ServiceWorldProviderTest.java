package dev.fantasticfour.world.core.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import org.junit.jupiter.api.Test;

/** What an application is told that was put together wrongly. */
class ServiceWorldProviderTest {

  private static final WorkflowType<String, String> WORKFLOW =
      WorkflowType.of("order", String.class, String.class);
  private static final StepType<String, String> STEP =
      StepType.of("charge", String.class, String.class);

  @Test
  void aWorkflowThatIsRegisteredTwiceIsNamedAndNothingElseIsSaid() {
    Throwable thrown =
        catchThrowable(
            () ->
                World.create(
                    WorldConfig.inMemory(),
                    w ->
                        w.register(WORKFLOW, (ctx, in) -> in).register(WORKFLOW, (ctx, in) -> in)));
    assertThat(thrown).isExactlyInstanceOf(WorldException.class);
    assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(thrown).hasMessageContaining("workflow 'order' is registered twice");
  }

  @Test
  void aStepThatIsRegisteredTwiceIsNamedAndNothingElseIsSaid() {
    assertThat(
            catchThrowable(
                () ->
                    World.create(
                        WorldConfig.inMemory(),
                        w -> w.register(STEP, (s, in) -> in).register(STEP, (s, in) -> in))))
        .isExactlyInstanceOf(WorldException.class)
        .hasMessageContaining("step 'charge' is registered twice");
  }

  @Test
  void whatTheRegistrationsThrowComesThrough() {
    assertThat(
            catchThrowable(
                () ->
                    World.create(
                        WorldConfig.inMemory(),
                        w -> {
                          throw new IllegalStateException("no payments today");
                        })))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no payments today");
  }
}
