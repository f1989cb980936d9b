package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepOptions;
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
  private final Map<String, StepFunction<?, ?>> registered;
  private final StepBodies bodies;

  /** A workflow whose steps have the bodies that were registered. */
  public Definition(
      WorkflowType<I, O> type, Workflow<I, O> workflow, Map<String, StepFunction<?, ?>> bodies) {
    this(type, workflow, bodies, StepBodies.AS_WRITTEN);
  }

  /**
   * A workflow.
   *
   * @param bodies which bodies its steps have instead
   */
  public Definition(
      WorkflowType<I, O> type,
      Workflow<I, O> workflow,
      Map<String, StepFunction<?, ?>> registered,
      StepBodies bodies) {
    this.type = type;
    this.workflow = workflow;
    this.registered = registered;
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
    return bodies.of(step.name(), (StepFunction<A, R>) registered.get(step.name()));
  }

  /** The body of a step whose code stands in the workflow. */
  @SuppressWarnings("NullAway") // there is no input
  <R> StepBody<R> bodyOf(String step, StepBody<R> written) {
    if (bodies == StepBodies.AS_WRITTEN) {
      return written;
    }
    StepFunction<Object, R> body = bodies.of(step, (context, none) -> written.run(context));
    return body == null ? written : context -> body.run(context, null);
  }

  /** How a step is retried and where it runs. */
  StepOptions optionsOf(String step, StepOptions chosen) {
    return bodies.options(step, chosen);
  }
}
