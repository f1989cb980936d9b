package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A handle to a run, on any node. Making one does no I/O; any number of threads may use it. */
public interface Run<T> {

  /** The run's id. */
  String id();

  /**
   * Waits for the result; told of it, not asking for it. When the time is over the store is asked
   * once, for 5 seconds at most: an ended run answers however short the time was.
   *
   * @param timeout zero or less: only if it has ended
   * @return what the workflow returned, possibly null
   * @throws dev.fantasticfour.world.api.error.RunFailedException when it failed
   * @throws dev.fantasticfour.world.api.error.RunCancelledException when it was cancelled or
   *     terminated
   * @throws dev.fantasticfour.world.api.error.WorldException {@code TIMED_OUT} when it did not end
   *     in that time, saying what it does instead: a run that stands says why, one that no worker
   *     takes what it needs; {@code UNAVAILABLE} when the store cannot say that; {@code
   *     RUN_NOT_FOUND}; {@code CLOSED}
   */
  @Nullable T result(Duration timeout);

  /**
   * The same as a future. It stays open while the run goes on, also while the store is away, and
   * fails when the world is closed.
   */
  CompletableFuture<T> resultAsync();

  /** What the run is doing now, read from the store. */
  RunView view();

  /**
   * Asks the run to cancel itself: its code gets a {@link
   * dev.fantasticfour.world.api.error.CancelledException}, once, and may clean up. A run that
   * nobody has begun yet is cancelled at once.
   *
   * @param reason kept with the run
   * @return whether it takes effect, or why not
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}
   */
  Cancellation cancel(@Nullable String reason);

  /** Ends the run at once, without asking its code. Returns whether it was still going. */
  boolean terminate(@Nullable String reason);

  /**
   * Keeps the run from going on until it is {@link #resume resumed}: its bodies that run come to
   * their ends, which are recorded, and no other one begins. Its waits keep their times; what
   * passes meanwhile is told once it goes on. Signals, payloads, updates and requests to cancel it
   * are accepted and wait; {@link #terminate} ends it at once. Of a run that has handed over, the
   * one that goes on is meant. A run that is paused already stays as it was paused.
   *
   * @param reason kept beside the run, for people
   * @return whether it is paused; false when it has ended
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}
   */
  default boolean pause(@Nullable String reason) {
    return pause(reason, null);
  }

  /**
   * The same by somebody who is named.
   *
   * @param by who, kept beside the run for people; null: whoever this process is, by the name of
   *     its application
   */
  boolean pause(@Nullable String reason, @Nullable String by);

  /**
   * Lets a run go on that was paused.
   *
   * @return whether it was paused
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}
   */
  boolean resume();

  /**
   * Has a run go on that failed or was cancelled: another run begins as the same, with all that it
   * had come to before what it failed of. Steps that were done are not done again, and those that
   * are have the idempotency keys that they had. It has the run key from then on; this run stays as
   * it ended. Signals and payloads that came later come to it, too. It is nobody's child: who wants
   * the parent to have its result retries the parent.
   *
   * <p>A run is retried once: whoever retries it again gets the run that goes on, and may retry
   * that.
   *
   * @return the run that goes on
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when it has
   *     completed, goes on, or has a child that goes on; {@code HOOK_CONFLICT} when another run has
   *     the token of a hook that would be open; {@code RUN_KEY_CONFLICT} when another has its key;
   *     {@code NOT_SUPPORTED}; {@code RUN_NOT_FOUND}. Then nothing was done
   */
  Run<T> retry();

  /**
   * Has an ended run begin again from a step on, as another run: it has all that came before, and
   * does that step, and what follows, anew and under other idempotency keys. It has no run key.
   *
   * @param step its name
   * @param options {@code o -> o.occurrence(2)} where there are several
   * @return the other run
   * @throws dev.fantasticfour.world.api.error.WorldException {@code STEP_NOT_FOUND} naming the
   *     steps there are; else as {@link #retry()}
   */
  Run<T> forkFrom(String step, UnaryOperator<CopyOptions> options);

  /** The same from the only step of that name. */
  default Run<T> forkFrom(String step) {
    return forkFrom(step, UnaryOperator.identity());
  }

  /** The same from the only step of that type. */
  default Run<T> forkFrom(StepType<?, ?> step) {
    return forkFrom(step.name());
  }

  /** Ends the run, if it goes on, and has it begin again from a step on: see {@link #forkFrom}. */
  Run<T> reset(String step, UnaryOperator<CopyOptions> options);

  /**
   * Starts another run of the same workflow with the same input, which has nothing else of this
   * one: no run key either, unless an operation id is given, which is part of its key then.
   */
  Run<T> rerun(UnaryOperator<CopyOptions> options);

  /** The same without options. */
  default Run<T> rerun() {
    return rerun(UnaryOperator.identity());
  }

  /**
   * Has a run that stands tried again at once, by any worker, with no lost worker counted any more.
   * It ends no sleep and no time limit, and does nothing to a run that does not stand.
   *
   * @return whether it stood
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}
   */
  boolean nudge();

  /**
   * Ends early all sleeps the run is in, in all its branches. The time limits of hooks go on: their
   * code would take it for an answer that nobody gave.
   *
   * @return how many sleeps it ended
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}
   */
  int wakeUp();

  /**
   * Ends one thing early that the run waits for: the sleep of that id ({@code workflow_waits}), or
   * the time limit of the hook of that name, whose code is told that nobody answered in time.
   *
   * @param wait the id of a wait, or the name of a hook
   * @return how many waits it ended: more than one where several branches await hooks of one name
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}
   */
  int wakeUp(String wait);

  /**
   * Waits until the run has a live hook of that type that wants a payload. One that was sent a
   * payload counts again when the run has read what there was, waits, and has not closed it.
   *
   * @return its token
   * @throws dev.fantasticfour.world.api.error.WorldException {@code TIMED_OUT} saying what the run
   *     does instead, {@code RUN_ENDED}, {@code RUN_NOT_FOUND}; {@code UNAVAILABLE} when the store
   *     was away at the end of that time
   */
  String awaitHook(HookType<?> type, Duration timeout);

  /**
   * Reads a stream live, from an index on. The read ends when the run has ended, also when the
   * stream was never written to. Of a run that there is not, {@link StreamReader#next} throws
   * {@code RUN_NOT_FOUND}.
   *
   * @param from first index wanted; {@code -k} = the last k there are now
   */
  <C> StreamReader<C> stream(StreamType<C> type, long from);
}
