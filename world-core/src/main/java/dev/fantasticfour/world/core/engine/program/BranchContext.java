package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.UpdateHandler;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.UpdateValidator;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a branch may do: turns each call of the author into a request of the program, and waits for
 * what comes of it.
 */
final class BranchContext implements WorkflowContext {

  private final Workspace workspace;
  private final Requests requests;
  private final Gate gate;
  private final Draws draws;

  BranchContext(Workspace workspace, Requests requests) {
    this.workspace = workspace;
    this.requests = requests;
    this.gate = new Gate(workspace.callers());
    this.draws = new Draws(gate, workspace.ledger());
  }

  void bind(BranchState state) {
    gate.bind(state);
  }

  BranchState branch() {
    return gate.branch();
  }

  /** A branch below this one, whose code is given a context of its own. */
  private BranchState fork(String path, Consumer<WorkflowContext> code) {
    BranchContext context = new BranchContext(workspace, requests);
    BranchState forked = workspace.branch(path, () -> code.accept(context));
    context.bind(forked);
    return forked;
  }

  @Override
  public String runId() {
    return workspace.run().value();
  }

  @Override
  @SuppressWarnings("NullAway") // a step may return null, and then its caller gets null
  public <R> R step(
      String name, ValueType<R> result, UnaryOperator<StepOptions> options, StepBody<R> body) {
    gate.enterWaiting();
    Limits.requireStepName(name);
    StepOptions chosen = options.apply(StepOptions.DEFAULT);
    if (chosen.placement() != StepOptions.Placement.INLINE) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "step '"
              + name
              + "' is a lambda and can only run inline; register a body for a StepType to queue"
              + " it");
    }
    Ledger.Asked asked = workspace.ask(EntityKind.STEP, branch(), name);
    InlineBody<R> inline = new InlineBody<>(workspace.values(), name, result, body);
    StepEntry step = requests.steps().request(asked, chosen, inline, null);
    return inline.resultIn(branch().await(step.result()));
  }

  @Override
  public <I, R> R step(StepType<I, R> type, I input) {
    gate.enterWaiting();
    boolean queues = type.options().placement() == StepOptions.Placement.QUEUED;
    Payload payload = queues ? encodeInput(type, input) : null;
    StepFunction<I, R> here = queues ? null : bodyOf(type);
    Ledger.Asked asked = workspace.ask(EntityKind.STEP, branch(), type.name());
    if (asked.isQueued(queues)) {
      return runQueued(asked, type, payload);
    }
    // What was begun inline has no argument in the log that somebody else could run it with.
    StepFunction<I, R> body = here == null ? bodyOf(type) : here;
    Argument<I> argument = Argument.of(workspace.values(), type, input, asked);
    InlineBody<R> inline =
        new InlineBody<>(
            workspace.values(), type.name(), type.output(), c -> body.run(c, argument.copy()));
    StepEntry step = requests.steps().request(asked, type.options(), inline, null);
    return inline.resultIn(branch().await(step.result()));
  }

  private <R> R runQueued(Ledger.Asked asked, StepType<?, R> type, @Nullable Payload input) {
    Payload payload =
        branch().await(requests.steps().request(asked, type.options(), null, input).result());
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

  @Override
  public void sleep(Duration duration) {
    gate.enterWaiting();
    sleepTo(workspace.ledger().later(duration.isNegative() ? Duration.ZERO : duration));
  }

  @Override
  public void sleepUntil(Instant time) {
    gate.enterWaiting();
    sleepTo(Limits.time(time));
  }

  private void sleepTo(Instant time) {
    Ledger.Asked asked = workspace.ask(EntityKind.WAIT, branch(), "sleep");
    Promise<Boolean> due = Promise.givenUpBy(cause -> requests.waits().giveUp(asked.id()));
    requests.waits().request(asked, time, due);
    branch().await(due);
  }

  @Override
  public <P> Hook<P> hook(HookType<P> type, String token) {
    gate.enterWaiting();
    Limits.requireToken(token);
    return requests.hooks().open(type, token, branch());
  }

  @Override
  public <P> Hook<P> hook(HookType<P> type) {
    gate.enterWaiting();
    return requests.hooks().open(type, null, branch());
  }

  @Override
  public <Q, R> void onUpdate(
      UpdateType<Q, R> type, UpdateValidator<Q> validator, UpdateHandler<Q, R> handler) {
    gate.enter();
    requests.updates().take(new UpdateTaking<>(type, validator, handler, this::fork));
  }

  @Override
  public <P> Inbox<P> signals(SignalType<P> type) {
    gate.enter();
    return requests.signals().inbox(type, branch());
  }

  @Override
  public <P> void signal(SignalType<P> type, String runId, @Nullable P payload) {
    gate.enter();
    RunId target = new RunId(runId);
    Payload written = workspace.values().encode(payload, type.payload());
    requests.signals().send(branch(), type.name(), target, written);
  }

  @Override
  public <T> void publish(StateType<T> type, @Nullable T value) {
    gate.enter();
    workspace.ledger().publish(type.name(), workspace.values().encode(value, type.value()));
  }

  @Override
  public Scope scope() {
    gate.enter();
    return openScope();
  }

  private BranchScope openScope() {
    BranchScope scope = new BranchScope(gate, workspace.halt(), this::fork);
    branch().openedScope(scope);
    return scope;
  }

  @Override
  public <T> List<T> all(List<? extends BranchBody<? extends T>> bodies) {
    gate.enterWaiting();
    try (BranchScope scope = openScope()) {
      List<Branch<? extends T>> branches = new ArrayList<>();
      for (BranchBody<? extends T> body : bodies) {
        branches.add(scope.fork(body));
      }
      scope.join();
      List<T> results = new ArrayList<>();
      branches.forEach(b -> results.add(b.join()));
      return results;
    }
  }

  @Override
  public <T> T any(List<? extends BranchBody<? extends T>> bodies) {
    gate.enterWaiting();
    if (bodies.isEmpty()) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, "any() needs at least one branch");
    }
    try (BranchScope scope = openScope()) {
      for (BranchBody<? extends T> body : bodies) {
        scope.fork(body);
      }
      return scope.joinFirst();
    }
  }

  @Override
  public boolean changed(String id) {
    gate.enter();
    Limits.requireChange(id);
    return workspace.ledger().isTaken(id);
  }

  @Override
  public <T> void set(AttributeKey<T> key, T value) {
    gate.enter();
    workspace.ledger().set(key.name(), Optional.of(key.value(value)));
  }

  @Override
  public void unset(AttributeKey<?> key) {
    gate.enter();
    workspace.ledger().set(key.name(), Optional.empty());
  }

  @Override
  public Instant now() {
    gate.enter();
    return workspace.ledger().now();
  }

  @Override
  public RandomGenerator random() {
    gate.enter();
    return draws.random();
  }

  @Override
  public UUID uuid() {
    gate.enter();
    return draws.uuid();
  }

  @Override
  public System.Logger logger() {
    gate.enter();
    return workspace.logger();
  }
}
