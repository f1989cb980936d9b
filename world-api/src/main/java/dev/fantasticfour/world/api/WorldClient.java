package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.attribute.AttributeChanges;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.List;
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

  /** Sends a JSON document to a hook, for tools. */
  default String resumeJson(String token, String json) {
    return resumeJson(token, json, UnaryOperator.identity());
  }

  /** The same with options. */
  String resumeJson(String token, String json, UnaryOperator<ResumeOptions> options);

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

  /** Names of the streams of a run. */
  List<String> streams(String runId);
}
