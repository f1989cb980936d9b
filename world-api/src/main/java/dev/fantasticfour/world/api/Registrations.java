package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;

/** Binds typed keys to code. Each name once; a duplicate fails at once. */
public interface Registrations {

  /** Binds a workflow. */
  <I, O> Registrations register(WorkflowType<I, O> type, Workflow<I, O> workflow);

  /** Binds the body of a step. */
  <I, O> Registrations register(StepType<I, O> type, StepFunction<I, O> body);
}
