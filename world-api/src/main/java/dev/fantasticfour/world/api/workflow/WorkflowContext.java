package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.error.ContinueAsNew;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that the code of a workflow may do. One context per branch; it may be used by that branch
 * only, never inside a step, from another thread, or after the run ended: such calls throw {@link
 * dev.fantasticfour.world.api.error.ContextMisuseException} with an explanation.
 *
 * <p>Every call that waits may throw {@link dev.fantasticfour.world.api.error.CancelledException}
 * once after the run was asked to cancel. All durable identity comes from where a call stands:
 * branch, kind, name and occurrence (law L6).
 */
public interface WorkflowContext {

  /** The run. */
  String runId();

  /**
   * Runs a step inline and returns its result: recorded once, never run again by a replay.
   *
   * @param name stable; the same name may be used many times
   * @param result class of the result
   * @param body may run more than once, see {@link StepContext#idempotencyKey()}
   * @throws dev.fantasticfour.world.api.error.StepFailedException when it failed for good
   */
  default <R> R step(String name, Class<R> result, StepBody<R> body) {
    return step(name, ValueType.of(result), UnaryOperator.identity(), body);
  }

  /** The same with options: {@code o -> o.attempts(2)}. */
  default <R> R step(
      String name, Class<R> result, UnaryOperator<StepOptions> options, StepBody<R> body) {
    return step(name, ValueType.of(result), options, body);
  }

  /** The same for a result type with arguments. */
  <R> R step(
      String name, ValueType<R> result, UnaryOperator<StepOptions> options, StepBody<R> body);

  /**
   * Runs a step whose body is registered, inline or queued as its options say.
   *
   * @param input what every attempt gets: a copy of its own, as it is written in JSON, so that no
   *     body can change what the workflow or the next attempt sees
   * @throws dev.fantasticfour.world.api.error.StepFailedException when it failed for good, also
   *     because its input or its result cannot be written as JSON and read again
   */
  <I, R> R step(StepType<I, R> type, I input);

  /**
   * Waits that long, without a thread, counted from this call and not from {@link #now()}, which
   * may be long ago. Never shorter by the store's clock. Zero or less returns after the next
   * commit.
   */
  void sleep(Duration duration);

  /**
   * Waits until then by the store's clock, without a thread; never shorter. A machine whose clock
   * is behind the store's may still read an earlier time afterwards.
   */
  void sleepUntil(Instant time);

  /**
   * Opens a hook under a token. It is registered, for everybody to see, when this returns.
   *
   * @param token 1 to 4 096 characters without NUL, unique over all live hooks
   * @throws dev.fantasticfour.world.api.error.HookConflictException when another live hook has the
   *     token
   */
  <P> Hook<P> hook(HookType<P> type, String token);

  /** Opens a hook under a token that cannot be guessed (128 random bits). */
  <P> Hook<P> hook(HookType<P> type);

  /**
   * Answers updates of a type from now on, and those that have come before. Each is handled in a
   * branch of its own, below the root; the run does not complete before those that were taken have
   * their answers, and cancels them first when it fails or is cancelled.
   *
   * @param validator looks whether an update is taken; it has no context
   * @param handler answers it
   * @throws IllegalStateException when updates of that name are answered already
   */
  <Q, R> void onUpdate(
      UpdateType<Q, R> type, UpdateValidator<Q> validator, UpdateHandler<Q, R> handler);

  /** The same for updates that are always taken. */
  default <Q, R> void onUpdate(UpdateType<Q, R> type, UpdateHandler<Q, R> handler) {
    onUpdate(type, request -> {}, handler);
  }

  /**
   * Waits until no update is being handled, so that the code at the root sees all that handlers
   * have changed: before it makes the input of the next run, or the result of this one. Updates
   * that come meanwhile are handled, and waited for, as well.
   *
   * @throws IllegalStateException outside the root of the code: a handler cannot wait for itself
   */
  void awaitUpdates();

  /**
   * The signals of a type that were sent to this run, before now or from now on. Asking is free:
   * nothing is registered, and nothing is written.
   */
  <P> Inbox<P> signals(SignalType<P> type);

  /**
   * Sends a signal to another run, once: it is recorded here with whatever else this turn records,
   * and then brought over, also when this process dies in between. Does not wait for that. What is
   * sent to one run arrives in the order in which it was sent. A run that has ended by then, or
   * that there is not, takes it without a word; ask it for an answer where that matters.
   *
   * @param payload may be null
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when that is
   *     no run id; {@code SERIALIZATION} when the payload cannot be written
   */
  <P> void signal(SignalType<P> type, String runId, @Nullable P payload);

  /**
   * Starts a run as a child of this one. It exists when this returns, and goes on whatever becomes
   * of this process: there is no moment in which it is only meant to be.
   *
   * @throws dev.fantasticfour.world.api.error.RunKeyConflictException when another run has the run
   *     key that the options give
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} when the input
   *     cannot be written; {@code THROTTLED} when this run is {@link
   *     dev.fantasticfour.world.api.run.Parent#MAX_DEPTH} deep in its tree, or has 20 000 children
   *     that have not ended
   */
  <I, R> ChildRun<R> start(
      WorkflowType<I, R> type, @Nullable I input, UnaryOperator<ChildOptions> options);

  /** The same with default options. */
  default <I, R> ChildRun<R> start(WorkflowType<I, R> type, @Nullable I input) {
    return start(type, input, UnaryOperator.identity());
  }

  /**
   * Starts runs as children of this one: all of up to 500 exist at once, or none. Under a run key
   * there can be one only.
   */
  <I, R> List<ChildRun<R>> startAll(
      WorkflowType<I, R> type, List<? extends I> inputs, UnaryOperator<ChildOptions> options);

  /** The same with default options. */
  default <I, R> List<ChildRun<R>> startAll(WorkflowType<I, R> type, List<? extends I> inputs) {
    return startAll(type, inputs, UnaryOperator.identity());
  }

  /**
   * Starts a run as a child of this one and waits for its result: {@link #start} and {@link
   * ChildRun#result()}.
   */
  <I, R> R call(WorkflowType<I, R> type, @Nullable I input, UnaryOperator<ChildOptions> options);

  /** The same with default options. */
  default <I, R> R call(WorkflowType<I, R> type, @Nullable I input) {
    return call(type, input, UnaryOperator.identity());
  }

  /**
   * Starts a child for every input and returns their results in order. At most as many as the
   * options say have not ended at a time; the next one starts when one has. The first that fails or
   * is cancelled has the others asked to cancel themselves, and when all have ended its exception
   * is thrown.
   */
  <I, R> List<R> callAll(
      WorkflowType<I, R> type, List<? extends I> inputs, UnaryOperator<ChildOptions> options);

  /** The same with default options. */
  default <I, R> List<R> callAll(WorkflowType<I, R> type, List<? extends I> inputs) {
    return callAll(type, inputs, UnaryOperator.identity());
  }

  /**
   * Goes on in another run, with an empty history: the way of a workflow that never ends. To be
   * called as {@code throw ctx.continueAsNew(TYPE, next)}, at the root of the code and with no
   * scope or saga open.
   *
   * <p>The call decides. In one unit this run ends and the next one begins: it has the run key, the
   * attributes, the published states, the pin and the parent of this one; its open hooks, which the
   * code of the next run takes up by asking for them under their tokens, and which never go
   * unheard; its children; and every signal, payload, update and request to cancel that the code
   * has not read. Whatever the code does after the call does not count: what it closes stays open,
   * and asking for anything is refused.
   *
   * <p>Updates that are being handled are waited for first. What their handlers change after the
   * call is not in {@code next}: {@link #awaitUpdates} before making it. Whoever waits for the
   * result of this run waits for that of the last one, and whoever speaks to it speaks to the
   * newest.
   *
   * @param type the workflow's own key
   * @param next the input of the next run, or null
   * @throws IllegalStateException when it cannot be here: in a branch, in a handler of updates,
   *     with something open
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} when the input
   *     cannot be written; {@code INVALID_ARGUMENT} when that is not the workflow's own key
   */
  <I> ContinueAsNew continueAsNew(
      WorkflowType<I, ?> type, @Nullable I next, UnaryOperator<ContinueOptions> options);

  /** The same with default options. */
  default <I> ContinueAsNew continueAsNew(WorkflowType<I, ?> type, @Nullable I next) {
    return continueAsNew(type, next, UnaryOperator.identity());
  }

  /** The children of that workflow that came over from the run before, in order of their start. */
  <R> List<ChildRun<R>> carriedChildren(WorkflowType<?, R> type);

  /**
   * How long the history of this run is by now: how often its code has asked for something and was
   * told of something. About the number of its events, and the same in every replay.
   */
  int historyLength();

  /**
   * How many bytes of payloads the code of this run was told of by now: results of steps and
   * children, what they failed of, signals, payloads of hooks, requests of updates. Whoever takes
   * the run over reads as much. The same in every replay.
   */
  long historySize();

  /**
   * Whether it is time to {@linkplain #continueAsNew go on in another run}: the history has {@value
   * #LONG_HISTORY} entries, which replay quickly still, or {@value #LARGE_HISTORY} bytes. The same
   * in every replay.
   */
  default boolean shouldContinue() {
    return historyLength() >= LONG_HISTORY || historySize() >= LARGE_HISTORY;
  }

  /** From that length on a history is long. */
  int LONG_HISTORY = 8_000;

  /** From that many bytes on a history is large. */
  long LARGE_HISTORY = 16 * 1024 * 1024;

  /**
   * Shows a value to whoever asks the client for the state of this run, in place of the one before
   * it. Of several in one turn the last one is written, with whatever else that turn records; it
   * stays readable without any worker, and after the run's end.
   *
   * @param value may be null; at most {@link StateType#MAX_BYTES} as it is written
   * @throws dev.fantasticfour.world.api.error.WorldException {@code PAYLOAD_TOO_LARGE}; {@code
   *     SERIALIZATION} when the value cannot be written
   */
  <T> void publish(StateType<T> type, @Nullable T value);

  /** Opens a scope for branches. Use it with try-with-resources. */
  default Scope scope() {
    return scope(UnaryOperator.identity());
  }

  /**
   * Opens a scope for branches with options: {@code o -> o.timeout(Duration.ofMinutes(5))}.
   *
   * <p>A time limit is a durable wait called {@code scope-timeout}. When it passes before the scope
   * was joined, the branches are cancelled, and where the scope or one of them is joined the owner
   * gets a {@link dev.fantasticfour.world.api.error.ScopeTimedOutException} once they have ended.
   * The limit is over when the scope was joined or closed, or its branches are cancelled for
   * another reason; what is forked afterwards has none. What the owner itself waits for is not cut
   * short: put that into a branch.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when the time
   *     limit is not positive, or beyond the end of time
   */
  Scope scope(UnaryOperator<ScopeOptions> options);

  /**
   * Runs all bodies as branches and returns their results in order. The first failure cancels the
   * others and is thrown.
   */
  <T> List<T> all(List<? extends BranchBody<? extends T>> bodies);

  /**
   * Runs all bodies as branches and returns the first result; the others are cancelled. When all
   * fail, the first failure is thrown, the others suppressed in it. A {@link
   * dev.fantasticfour.world.api.error.ContextMisuseException} or a refused argument is no outcome
   * to be outrun: it cancels the others and is thrown.
   */
  <T> T any(List<? extends BranchBody<? extends T>> bodies);

  /**
   * Runs a branch for each item, that many at once, and returns their results in the order of the
   * items: {@code ctx.map(orders, atOnce(50), (branch, order) -> branch.step(SEND, order))}. The
   * next one begins when any of those that go on has ended. The first failure cancels those that go
   * on, lets no more begin, and is thrown.
   *
   * <p>Which item a branch is for is its identity in the history, so code that was changed has to
   * come to the same items in the same order for runs that are on their way. It may let more
   * branches go on at once; fewer is a change for {@link #changed}.
   *
   * @param items may hold null, which the branch is then given; they are looked at once, and not
   *     recorded
   */
  <T, R> List<R> map(
      List<? extends T> items, AtOnce atOnce, BranchFunction<? super T, ? extends R> body);

  /**
   * The same, but a failure cancels nothing and is an outcome like any other: there is one for each
   * item, in the order of the items. A {@link
   * dev.fantasticfour.world.api.error.ContextMisuseException} or a refused argument is none: it
   * cancels the others and is thrown.
   */
  <T, R> List<Outcome<R>> mapOutcomes(
      List<? extends T> items, AtOnce atOnce, BranchFunction<? super T, ? extends R> body);

  /**
   * Runs code in this branch behind a shield, and returns its result. A cancellation of the run or
   * of a scope around it, for whatever reason, is remembered meanwhile: what the code waits for
   * goes on, bodies of its steps are not interrupted, and the remembered cancellation is thrown
   * where the branch waits next after the shield. Branches that are forked inside are behind it as
   * well: into a scope from outside, to their end. Scopes that are opened inside still cancel their
   * own branches. The end of a run by {@code terminate} passes through.
   *
   * <p>Nothing is recorded of the shield: it may be put up and taken down in code whose runs are on
   * their way.
   *
   * @throws BranchFailedException with what the code threw as the cause, unless that was unchecked:
   *     then it is thrown as it is
   */
  <T> T nonCancellable(BranchBody<? extends T> body);

  /** Opens a saga. Use it with try-with-resources. */
  default Saga saga() {
    return saga(UnaryOperator.identity());
  }

  /** The same with options: {@code o -> o.retry(RetryPolicy.DEFAULT.attempts(10))}. */
  Saga saga(UnaryOperator<SagaOptions> options);

  /**
   * Whether this run comes to a change of its code as something new: true when it gets here for the
   * first time, false when its history went past here before the change. So one code fits the runs
   * that began under it and those that are on their way:
   *
   * <pre>{@code
   * Tax tax = ctx.changed("tax-by-country") ? byCountry(ctx, order) : flat(ctx, order);
   * }</pre>
   *
   * <p>There is one answer for an id in the whole run: in all branches, in later rounds of a loop,
   * and in every replay. It waits for nothing and has no place in the history, so that calls may be
   * added, moved and removed without harm; {@code world changes list} says when one may go.
   *
   * @param id of the change, 1 to 1 000 bytes; used once and never again for another change
   */
  boolean changed(String id);

  /**
   * Sets an attribute of the run, by which it is found. It is in the store with the next commit,
   * waits for nothing, and takes no place in the order of what the code asks for: it may be added
   * and taken away while runs go on. The newest word on a name counts, whoever said it.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} beyond {@link
   *     dev.fantasticfour.world.api.attribute.AttributeLimits}, counting what the run began with
   *     and what its code has set
   */
  <T> void set(AttributeKey<T> key, T value);

  /**
   * Removes an attribute of the run, as {@link #set} sets one; one that is not there is no error.
   */
  void unset(AttributeKey<?> key);

  /**
   * The workflow's clock: the time of the last event its code was told of. Stands still between
   * context calls.
   */
  Instant now();

  /**
   * Random numbers that are the same in every replay of this run; each branch has its own, to be
   * used by its code only and not inside a step. Not for secrets.
   */
  RandomGenerator random();

  /** A random UUID (version 4) that is the same in every replay. Not for secrets. */
  UUID uuid();

  /**
   * A logger that is silent while history is replayed and names the run. It is called {@code
   * world.workflow.<name>} and goes where World's own lines go.
   */
  System.Logger logger();
}
