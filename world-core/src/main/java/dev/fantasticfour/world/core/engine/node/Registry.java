package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.StepBodies;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What this node can execute: names to code. Filled before the node starts, read by any thread. */
public final class Registry implements Registrations {

  /** A registered step body. */
  public record StepBinding<I, O>(StepType<I, O> type, StepFunction<I, O> body) {}

  private final StepBodies stepBodies;
  private final Map<String, Definition<?, ?>> workflows = new ConcurrentHashMap<>();
  private final Map<String, StepFunction<?, ?>> bodies = new ConcurrentHashMap<>();
  private final Map<String, StepBinding<?, ?>> steps = new ConcurrentHashMap<>();

  /** An empty registry. */
  public Registry() {
    this(StepBodies.AS_WRITTEN);
  }

  /**
   * An empty registry.
   *
   * @param stepBodies which bodies steps have instead
   */
  public Registry(StepBodies stepBodies) {
    this.stepBodies = stepBodies;
  }

  @Override
  public <I, O> Registrations register(WorkflowType<I, O> type, Workflow<I, O> workflow) {
    Definition<I, O> definition = new Definition<>(type, workflow, bodies, stepBodies);
    if (workflows.putIfAbsent(type.name(), definition) != null) {
      throw duplicate("workflow", type.name());
    }
    return this;
  }

  @Override
  public <I, O> Registrations register(StepType<I, O> type, StepFunction<I, O> body) {
    if (steps.putIfAbsent(type.name(), new StepBinding<>(type, body)) != null) {
      throw duplicate("step", type.name());
    }
    bodies.put(type.name(), body);
    return this;
  }

  /** The workflow of that name. */
  public Optional<Definition<?, ?>> workflow(String name) {
    return Optional.ofNullable(workflows.get(name));
  }

  /** The step of that name. */
  public Optional<StepBinding<?, ?>> step(String name) {
    return Optional.ofNullable(steps.get(name)).map(this::insteadOf);
  }

  private <I, O> StepBinding<I, O> insteadOf(StepBinding<I, O> written) {
    if (stepBodies == StepBodies.AS_WRITTEN) {
      return written;
    }
    StepType<I, O> type = written.type();
    StepFunction<I, O> body = stepBodies.of(type.name(), written.body());
    return new StepBinding<>(
        type.with(stepBodies.options(type.name(), type.options())),
        body == null ? written.body() : body);
  }

  /** The names of all workflows. */
  public Set<String> workflowNames() {
    return Set.copyOf(workflows.keySet());
  }

  /** Whether there are bodies that queued steps may call. */
  public boolean hasSteps() {
    return !steps.isEmpty();
  }

  private static WorldException duplicate(String what, String name) {
    return new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        what + " '" + name + "' is registered twice; every persistent name has exactly one home");
  }
}
