package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow as it was registered: its key, its code, and the bodies its steps may call. */
public final class Definition<I, O> {

  private final WorkflowType<I, O> type;
  private final Workflow<I, O> workflow;
  private final Map<String, StepFunction<?, ?>> bodies;

  public Definition(
      WorkflowType<I, O> type, Workflow<I, O> workflow, Map<String, StepFunction<?, ?>> bodies) {
    this.type = type;
    this.workflow = workflow;
    this.bodies = bodies;
  }

  /** The persistent name. */
  public String name() {
    return type.name();
  }

  @SuppressWarnings("NullAway") // null input where the run was started with none
  @Nullable Payload run(WorkflowContext context, @Nullable Payload input, Values values)
      throws Exception {
    I decoded = values.decode("input of workflow '" + name() + "'", input, type.input());
    return values.encodeOwn(workflow.run(context, decoded), type.output());
  }

  /** The registered body of a step, or null. */
  @SuppressWarnings("unchecked") // registered under a key of the same types
  <A, R> @Nullable StepFunction<A, R> bodyOf(StepType<A, R> step) {
    return (StepFunction<A, R>) bodies.get(step.name());
  }
}
