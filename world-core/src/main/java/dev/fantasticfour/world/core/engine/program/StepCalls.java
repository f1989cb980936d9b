package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The calls with which the code of one branch asks for steps. */
final class StepCalls {

  private final Workspace workspace;
  private final Requests requests;
  private final Gate gate;

  StepCalls(Workspace workspace, Requests requests, Gate gate) {
    this.workspace = workspace;
    this.requests = requests;
    this.gate = gate;
  }

  /** How a step is retried whose body stands in the code of the workflow. */
  StepOptions inlineOptions(String name, UnaryOperator<StepOptions> options) {
    Limits.requireStepName(name);
    StepOptions usual = gate.branch().optionsOf(StepOptions.DEFAULT);
    StepOptions chosen = requests.definition().optionsOf(name, options.apply(usual));
    if (chosen.placement() != StepOptions.Placement.INLINE) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "step '"
              + name
              + "' is a lambda and can only run inline; register a body for a StepType to queue"
              + " it");
    }
    return chosen;
  }

  /** The body of such a step. */
  <R> InlineBody<R> inlineBody(String name, ValueType<R> result, StepBody<R> body) {
    StepBody<R> code = requests.definition().bodyOf(name, body);
    return new InlineBody<>(workspace.values(), name, result, code);
  }

  /** Asks for a step, here or elsewhere as its key says, and waits for what it comes to. */
  <I, R> R step(StepType<I, R> type, I input) {
    gate.enterWaiting();
    boolean queues = type.options().placement() == StepOptions.Placement.QUEUED;
    Payload payload = queues ? encodeInput(type, input) : null;
    StepFunction<I, R> here = queues ? null : bodyOf(type);
    Ledger.Asked asked = workspace.ask(EntityKind.STEP, gate.branch(), type.name());
    if (asked.isQueued(queues)) {
      return runQueued(asked, type, payload);
    }
    // What was begun inline has no argument in the log that somebody else could run it with.
    StepFunction<I, R> body = here == null ? bodyOf(type) : here;
    Argument<I> argument = Argument.of(workspace.values(), type, input, asked);
    InlineBody<R> inline =
        new InlineBody<>(
            workspace.values(), type.name(), type.output(), c -> body.run(c, argument.copy()));
    StepOptions options =
        requests.definition().optionsOf(type.name(), gate.branch().optionsOf(type.options()));
    StepEntry step = requests.steps().request(asked, options, inline, null);
    return inline.resultIn(gate.branch().await(step.result()));
  }

  private <R> R runQueued(Ledger.Asked asked, StepType<?, R> type, @Nullable Payload input) {
    Payload payload =
        gate.branch().await(requests.steps().request(asked, type.options(), null, input).result());
    return workspace
        .values()
        .decode("result of step '" + type.name() + "'", payload, type.output());
  }

  /** The body of an inline step; without one the run stands until a process has it. */
  private <I, R> StepFunction<I, R> bodyOf(StepType<I, R> type) {
    StepFunction<I, R> body = requests.definition().bodyOf(type);
    if (body == null) {
      throw workspace
          .halt()
          .stand(
              Standstill.ofError(
                  "step '"
                      + type.name()
                      + "' of workflow '"
                      + requests.definition().name()
                      + "' has no registered body in this process; register it with the world"));
    }
    return body;
  }

  private <I> @Nullable Payload encodeInput(StepType<I, ?> type, I input) {
    try {
      return workspace.values().encode(input, type.input());
    } catch (WorldException e) {
      throw new StepFailedException(
          type.name(),
          StepFailedException.Reason.SERIALIZATION,
          0,
          workspace.values().failureOf(e));
    }
  }
}
