package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import org.junit.jupiter.api.Test;

class RegistryTest {

  private static final WorkflowType<String, String> FLOW =
      WorkflowType.of("order", String.class, String.class);
  private static final StepType<String, String> STEP =
      StepType.of("charge", String.class, String.class);

  private final Registry registry = new Registry();

  @Test
  void aWorkflowIsRegisteredOnce() {
    var unused = registry.register(FLOW, (context, input) -> input);
    assertThatThrownBy(() -> registry.register(FLOW, (context, input) -> input))
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("'order' is registered twice");
    assertThat(registry.workflowNames()).containsExactly("order");
  }

  @Test
  void aStepIsRegisteredOnce() {
    assertThat(registry.hasSteps()).isFalse();
    var unused = registry.register(STEP, (context, input) -> input);
    assertThatThrownBy(() -> registry.register(STEP, (context, input) -> input))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("step 'charge' is registered twice");
    assertThat(registry.step("charge")).isPresent();
    assertThat(registry.hasSteps()).isTrue();
  }

  @Test
  void whatNobodyRegisteredIsNotThere() {
    assertThat(registry.workflow("order")).isEmpty();
    assertThat(registry.step("charge")).isEmpty();
  }
}
