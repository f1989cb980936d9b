package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.error.ContinueAsNew;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.AtOnce;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.BranchFunction;
import dev.fantasticfour.world.api.workflow.ChildOptions;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.ContinueOptions;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.Outcome;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.SagaOptions;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.ScopeOptions;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.UpdateHandler;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.UpdateValidator;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.time.Duration;
import java.time.Instant;
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
  private final ChildCalls children;
  private final StepCalls steps;
  private final Branches branches;

  BranchContext(Workspace workspace, Requests requests) {
    this.workspace = workspace;
    this.requests = requests;
    this.gate = new Gate(workspace.callers());
    this.draws = new Draws(gate, workspace.ledger());
    this.children = new ChildCalls(gate, workspace, requests);
    this.steps = new StepCalls(workspace, requests, gate);
    this.branches = new Branches(gate, workspace, requests.waits(), this::fork);
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
    StepOptions chosen = steps.inlineOptions(name, options);
    Ledger.Asked asked = workspace.ask(EntityKind.STEP, branch(), name);
    InlineBody<R> inline = steps.inlineBody(name, result, body);
    StepEntry step = requests.steps().request(asked, chosen, inline, null);
    return inline.resultIn(branch().await(step.result()));
  }

  @Override
  public <I, R> R step(StepType<I, R> type, I input) {
    return steps.step(type, input);
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
  public <I, R> ChildRun<R> start(
      WorkflowType<I, R> type, @Nullable I input, UnaryOperator<ChildOptions> options) {
    return children.start(type, input, options.apply(ChildOptions.DEFAULT));
  }

  @Override
  public <I, R> List<ChildRun<R>> startAll(
      WorkflowType<I, R> type, List<? extends I> inputs, UnaryOperator<ChildOptions> options) {
    return children.startAll(type, inputs, options.apply(ChildOptions.DEFAULT));
  }

  @Override
  public <I, R> R call(
      WorkflowType<I, R> type, @Nullable I input, UnaryOperator<ChildOptions> options) {
    return children.call(type, input, options.apply(ChildOptions.DEFAULT));
  }

  @Override
  public <I, R> List<R> callAll(
      WorkflowType<I, R> type, List<? extends I> inputs, UnaryOperator<ChildOptions> options) {
    return children.callAll(type, inputs, options.apply(ChildOptions.DEFAULT));
  }

  @Override
  public void awaitUpdates() {
    gate.enterWaiting();
    requests.updates().awaitAll(branch());
  }

  @Override
  public <I> ContinueAsNew continueAsNew(
      WorkflowType<I, ?> type, @Nullable I next, UnaryOperator<ContinueOptions> options) {
    gate.enterWaiting();
    return requests.handover().decide(branch(), type, next, options.apply(ContinueOptions.DEFAULT));
  }

  @Override
  public <R> List<ChildRun<R>> carriedChildren(WorkflowType<?, R> type) {
    return children.carried(type);
  }

  @Override
  public int historyLength() {
    gate.enter();
    return workspace.ledger().history().length();
  }

  @Override
  public long historySize() {
    gate.enter();
    return workspace.ledger().history().size();
  }

  @Override
  public <T> void publish(StateType<T> type, @Nullable T value) {
    gate.enter();
    workspace.ledger().publish(type.name(), workspace.values().encode(value, type.value()));
  }

  @Override
  public Scope scope(UnaryOperator<ScopeOptions> options) {
    return branches.scope(options);
  }

  @Override
  public <T> List<T> all(List<? extends BranchBody<? extends T>> bodies) {
    return branches.all(bodies);
  }

  @Override
  public <T> T any(List<? extends BranchBody<? extends T>> bodies) {
    return branches.any(bodies);
  }

  @Override
  public <T, R> List<R> map(
      List<? extends T> items, AtOnce atOnce, BranchFunction<? super T, ? extends R> body) {
    return branches.map(items, atOnce, body);
  }

  @Override
  public <T, R> List<Outcome<R>> mapOutcomes(
      List<? extends T> items, AtOnce atOnce, BranchFunction<? super T, ? extends R> body) {
    return branches.mapOutcomes(items, atOnce, body);
  }

  @Override
  public <T> T nonCancellable(BranchBody<? extends T> body) {
    return branches.nonCancellable(this, body);
  }

  @Override
  public Saga saga(UnaryOperator<SagaOptions> options) {
    return branches.saga(this, options);
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
    return draws.random();
  }

  @Override
  public UUID uuid() {
    return draws.uuid();
  }

  @Override
  public System.Logger logger() {
    gate.enter();
    return workspace.logger();
  }
}
