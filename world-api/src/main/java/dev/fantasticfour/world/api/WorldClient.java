package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.attribute.AttributeChanges;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs, talks to them, looks at them. Works in any process, with or without workers; safe
 * for any number of threads. Methods throw {@link
 * dev.fantasticfour.world.api.error.WorldException}, with {@code UNAVAILABLE} when the store cannot
 * answer.
 */
public interface WorldClient {

  /** Starts a run. It is accepted, and will be executed, when this returns. */
  default <I, O> Run<O> start(WorkflowType<I, O> type, I input) {
    return start(type, input, UnaryOperator.identity());
  }

  /**
   * Starts a run with options: {@code o -> o.runKey("order-42")}.
   *
   * @throws dev.fantasticfour.world.api.error.RunKeyConflictException when the key was used with
   *     another input
   */
  <I, O> Run<O> start(WorkflowType<I, O> type, I input, UnaryOperator<StartOptions> options);

  /**
   * Starts a run by name, for tools.
   *
   * @param json the input as a JSON document
   */
  Run<Payload> startJson(String workflow, String json, UnaryOperator<StartOptions> options);

  /** A handle to a run. Does no I/O: an unknown id shows at the first use. */
  <O> Run<O> run(WorkflowType<?, O> type, String runId);

  /** A handle to a run of unknown type; its result is the payload. */
  Run<Payload> run(String runId);

  /**
   * A handle to the run of a workflow that has a run key, whether it has ended or not. Of a chain
   * it is the newest run; of several that had the key one after the other, the last.
   *
   * @param runKey scoped to the workflow, as in {@link StartOptions#runKey}
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND} when no run has
   *     the key
   */
  <O> Run<O> runByKey(WorkflowType<?, O> type, String runKey);

  /**
   * Sends a payload to a hook; null is one too. It is in the log when this returns; whether the
   * workflow reads it before it closes the hook is for the workflow to say.
   *
   * @return the id of the run that has the hook
   * @throws dev.fantasticfour.world.api.error.HookNotFoundException when no live hook has the token
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} when the payload
   *     cannot be written and read again, or does not fit the type that the workflow waits for,
   *     where this process executes it: nothing was sent. {@code UNAVAILABLE} when the store did
   *     not answer: it may have been received; only with an idempotency key sending again is safe
   */
  default <P> String resume(HookType<P> type, String token, @Nullable P payload) {
    return resume(type, token, payload, UnaryOperator.identity());
  }

  /**
   * Sends a payload to a hook with options: {@code o -> o.idempotencyKey("payment-42")}.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException as without options; {@code
   *     INVALID_ARGUMENT} when the key was used for this hook with another payload
   */
  <P> String resume(
      HookType<P> type, String token, @Nullable P payload, UnaryOperator<ResumeOptions> options);

  /**
   * Asks a run for something and waits for the answer, for 30 seconds.
   *
   * @see #update(UpdateType, Run, Object, UnaryOperator)
   */
  default <Q, R> @Nullable R update(UpdateType<Q, R> type, Run<?> run, @Nullable Q request) {
    return update(type, run, request, UnaryOperator.identity());
  }

  /**
   * Asks a run for something and waits for the answer: {@code update(CHANGE, run, new Qty(3), o ->
   * o.id("req-7").timeout(ofSeconds(5)))}. The request is in the log before anybody looks at it,
   * and waits until the code of the run takes such updates.
   *
   * @return what the handler returned, possibly null
   * @throws dev.fantasticfour.world.api.error.UpdateRejectedException when the run did not take it
   * @throws dev.fantasticfour.world.api.error.UpdateFailedException when what handled it failed, or
   *     the run ended first
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}; {@code
   *     RUN_ENDED} when the run had ended before it was asked; {@code TIMED_OUT} when there was no
   *     answer in time: the update goes on, and asking again under its id gets its answer; {@code
   *     SERIALIZATION}; {@code INVALID_ARGUMENT} when the id was used for an update of another type
   */
  <Q, R> @Nullable R update(
      UpdateType<Q, R> type, Run<?> run, @Nullable Q request, UnaryOperator<UpdateOptions> options);

  /**
   * Asks a run for something without waiting for the answer.
   *
   * @see #update(UpdateType, Run, Object, UnaryOperator)
   */
  default <Q, R> UpdateHandle<R> startUpdate(
      UpdateType<Q, R> type, Run<?> run, @Nullable Q request) {
    return startUpdate(type, run, request, UnaryOperator.identity());
  }

  /** The same with options, of which the timeout does not matter. */
  <Q, R> UpdateHandle<R> startUpdate(
      UpdateType<Q, R> type, Run<?> run, @Nullable Q request, UnaryOperator<UpdateOptions> options);

  /**
   * Asks the run that has a key and has not ended; where there is none, starts one under that key
   * and asks it, both or neither. A run that goes on is asked whatever it was started with.
   *
   * @param runKey scoped to the workflow, as in {@link StartOptions#runKey}
   * @param input of the run, should it be a new one
   * @return a handle, which says which run was asked. Under an update id, asking again gets the
   *     same update of the same run, also after its end: no second run is started for it
   * @throws dev.fantasticfour.world.api.error.WorldException as {@link #startUpdate}, but for
   *     {@code RUN_NOT_FOUND} and {@code RUN_ENDED}
   */
  <I, Q, R> UpdateHandle<R> updateOrStart(
      WorkflowType<I, ?> workflow,
      String runKey,
      @Nullable I input,
      UpdateType<Q, R> type,
      @Nullable Q request,
      UnaryOperator<UpdateOptions> options);

  /** The same without options. */
  default <I, Q, R> UpdateHandle<R> updateOrStart(
      WorkflowType<I, ?> workflow,
      String runKey,
      @Nullable I input,
      UpdateType<Q, R> type,
      @Nullable Q request) {
    return updateOrStart(workflow, runKey, input, type, request, UnaryOperator.identity());
  }

  /** Sends a JSON document to a hook, for tools. */
  default String resumeJson(String token, String json) {
    return resumeJson(token, json, UnaryOperator.identity());
  }

  /** The same with options. */
  String resumeJson(String token, String json, UnaryOperator<ResumeOptions> options);

  /**
   * Sends a signal to a run; null is a payload too. It is in the run's log when this returns, in
   * the order of sending, and waits there for code that asks for signals of that type.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}; {@code
   *     RUN_ENDED} when the run takes no signals any more: nothing was sent. {@code SERIALIZATION}
   *     when the payload cannot be written. {@code UNAVAILABLE} when the store did not answer: it
   *     may have been received; only with an id sending again is safe
   */
  default <P> void signal(SignalType<P> type, Run<?> run, @Nullable P payload) {
    signal(type, run, payload, UnaryOperator.identity());
  }

  /** Sends a signal to a run with options: {@code o -> o.id("evt-991")}. */
  default <P> void signal(
      SignalType<P> type, Run<?> run, @Nullable P payload, UnaryOperator<SignalOptions> options) {
    signal(type, run.id(), payload, options);
  }

  /** The same for the run of an id. */
  <P> void signal(
      SignalType<P> type, String runId, @Nullable P payload, UnaryOperator<SignalOptions> options);

  /**
   * Sends a signal to the run of a workflow that has a run key.
   *
   * @return the id of that run
   * @throws dev.fantasticfour.world.api.error.WorldException as for a run; {@code RUN_NOT_FOUND}
   *     when no run has the key
   */
  default <P> String signal(
      SignalType<P> type, WorkflowType<?, ?> workflow, String runKey, @Nullable P payload) {
    return signal(type, workflow, runKey, payload, UnaryOperator.identity());
  }

  /** The same with options. */
  <P> String signal(
      SignalType<P> type,
      WorkflowType<?, ?> workflow,
      String runKey,
      @Nullable P payload,
      UnaryOperator<SignalOptions> options);

  /** Sends a JSON document as a signal, for tools. */
  void signalJson(String name, String runId, String json, UnaryOperator<SignalOptions> options);

  /**
   * Sends a signal to the run that has a run key, and starts that run where there is none or it has
   * ended: one or both, in one unit, so that of any number of senders one starts it and all are
   * heard. A run that is there already is not asked what input it was started with.
   *
   * @param options for the signal; its id is scoped to the workflow and the key here
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION}; {@code
   *     UNAVAILABLE} as for {@link #signal}
   */
  <I, O, P> Signalled<O> signalOrStart(
      WorkflowType<I, O> workflow,
      String runKey,
      I input,
      SignalType<P> type,
      @Nullable P payload,
      UnaryOperator<SignalOptions> options);

  /** The same without options. */
  default <I, O, P> Signalled<O> signalOrStart(
      WorkflowType<I, O> workflow,
      String runKey,
      I input,
      SignalType<P> type,
      @Nullable P payload) {
    return signalOrStart(workflow, runKey, input, type, payload, UnaryOperator.identity());
  }

  /**
   * What a run shows under a name: the value that its code published last. Read from the store; no
   * worker is needed, and the run may have ended. Of a run that has handed over it is what that one
   * showed last; a run that goes on in its place begins with it, and {@link #awaitState} follows.
   *
   * @return empty when it has published nothing of that name
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}; {@code
   *     SERIALIZATION} when the value cannot be read as that type
   */
  <T> Optional<PublishedState<T>> state(StateType<T> type, String runId);

  /** The same by handle. */
  default <T> Optional<PublishedState<T>> state(StateType<T> type, Run<?> run) {
    return state(type, run.id());
  }

  /**
   * Waits until a run, or one that goes on in its place, shows a value that a test accepts; told of
   * new values, not asking for them. Of values that follow each other quickly some may not be seen.
   *
   * @param test called by this thread, with null where null was published
   * @return the value that it accepted
   * @throws dev.fantasticfour.world.api.error.WorldException {@code TIMED_OUT} saying what the run
   *     does instead; {@code RUN_ENDED} when it has ended with another value or none; {@code
   *     RUN_NOT_FOUND}, {@code SERIALIZATION}, {@code CLOSED}
   */
  <T> PublishedState<T> awaitState(
      StateType<T> type, String runId, Predicate<? super T> test, Duration timeout);

  /** The same by handle. */
  default <T> PublishedState<T> awaitState(
      StateType<T> type, Run<?> run, Predicate<? super T> test, Duration timeout) {
    return awaitState(type, run.id(), test, timeout);
  }

  /**
   * Runs by creation, or by end where the filter says since when they ended, without payloads:
   * {@code runs(Runs.of(ORDER).status(FAILED).where(CUSTOMER.is("c-1")), page)}. A list shows every
   * run that was accepted before it was asked for.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when the
   *     filter would have the store read all it has: with a range of an attribute, or an end, that
   *     has no index, and neither a workflow nor a time of creation. The message says what helps
   */
  Page<RunRecord> runs(RunFilter filter, PageRequest page);

  /** How many runs match, as far as {@link RunCount#MOST}; refused as {@link #runs} is. */
  RunCount count(RunFilter filter);

  /**
   * Sets and removes attributes of a run that goes on: {@code a -> a.set(CUSTOMER,
   * "c-1").unset(AMOUNT)}, all of them or none. In every list when this returns.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when the run
   *     would have more than {@link dev.fantasticfour.world.api.attribute.AttributeLimits} allow,
   *     {@code RUN_NOT_FOUND}, {@code RUN_ENDED}
   */
  void setAttributes(String runId, UnaryOperator<AttributeChanges> changes);

  /** The same of a run at hand. */
  default void setAttributes(Run<?> run, UnaryOperator<AttributeChanges> changes) {
    setAttributes(run.id(), changes);
  }

  /** Steps of a run by creation. */
  Page<StepRecord> steps(String runId, PageRequest page);

  /** Events of a run by position. */
  Page<Event> events(String runId, PageRequest page);

  /** Live hooks by creation, of one run or (null) of all. */
  Page<HookRecord> hooks(@Nullable String runId, PageRequest page);

  /** Updates of a run by arrival, with what became of them. */
  Page<UpdateRecord> updates(String runId, PageRequest page);

  /**
   * Children of a run by creation, as far as that run knows of them: one is over here when the run
   * was told of its end. Their runs are listed by {@link #runs} with {@link
   * dev.fantasticfour.world.api.run.Runs#childrenOf}.
   */
  Page<ChildRecord> children(String runId, PageRequest page);

  /**
   * Writes down the history of a run, as JSON Lines that {@code Histories.replay} of the test kit
   * tells to code: a header, one line per event, and a trailer with their SHA-256. With everything
   * that was said: inputs, results, the tokens of its hooks. A run that goes on is written as far
   * as it has come.
   *
   * @param out gets text, of which a file is to be UTF-8; it is neither flushed nor closed
   * @param options {@code o -> o.redacted()} leaves out what was said, {@code o -> o.ofChain()} has
   *     all runs of its chain in order
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}; {@code
   *     RUN_NOT_SUPPORTED} when it was written by a newer version of World
   * @throws IOException when {@code out} does not take it
   */
  void exportRun(String runId, Appendable out, UnaryOperator<ExportOptions> options)
      throws IOException;

  /** The same without options. */
  default void exportRun(String runId, Appendable out) throws IOException {
    exportRun(runId, out, UnaryOperator.identity());
  }

  /**
   * Takes in what {@link #exportRun} wrote: the run is there as it was, with its log, its open
   * hooks and its run key. One that has not ended is paused, unless it is to go on; nothing of what
   * its log says was done is done again. A history without what was said cannot be taken in.
   *
   * @param name of the file, for messages
   * @param in is read to its end, and not closed
   * @param options {@code o -> o.asNew()} takes it in under a new id, {@code o -> o.going()} lets
   *     it go on at once
   * @return the id of the run, of a chain the newest
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when it is no
   *     history, was changed or redacted, or the run is there already; {@code RUN_KEY_CONFLICT},
   *     {@code HOOK_CONFLICT} when another run has its key or a token: then nothing was taken in
   * @throws IOException when it cannot be read
   */
  String importRun(String name, Reader in, UnaryOperator<ImportOptions> options) throws IOException;

  /**
   * Something that is to be done to many runs.
   *
   * @param operationId what it is known by: doing it again under the same id goes on where it
   *     stopped
   */
  Bulk bulk(RunFilter filter, String operationId);

  /** Names of the streams of a run. */
  List<String> streams(String runId);
}
