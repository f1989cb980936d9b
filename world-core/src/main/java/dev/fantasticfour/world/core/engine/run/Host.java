package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the executions of a node need from it. Every effect of an execution goes through here, which
 * is what lets tests put a crash between any two of them. Methods may be called by any thread;
 * those that reach the store may block and are called on virtual threads only.
 */
public interface Host {

  /** The worker that owns the runs. */
  WorkerId worker();

  /** The store's clock as far as this node knows it. */
  Instant now();

  /** 0 to 1. */
  double random();

  /** A fresh batch id. */
  String batchId();

  /** A text that nobody can guess. */
  String secretToken();

  /** Where hooks are seen that code in this process has open. */
  OpenHooks openHooks();

  /** A thread for a branch or a body. */
  Thread thread(Runnable body);

  /** Runs a turn soon, on a thread that may block. */
  void execute(Runnable turn);

  /** Appends a batch; the answer fails with {@code CLOSED} when this node is over. */
  CompletableFuture<AppendResult> append(Batch batch);

  /** The whole log after a position, repeated until the store answers. */
  List<Event> history(RunId run, long after);

  /** See {@link dev.fantasticfour.world.core.port.Storage#reschedule}. */
  boolean reschedule(RunId run, long epoch, long seen, Due due);

  /** See {@link dev.fantasticfour.world.core.port.Storage#stall}. */
  void stall(RunExecution execution, long seen, Standstill standstill);

  /**
   * An attempt of a step, which begins when it is told to, there is room and this node's lease is
   * safe; then {@link RunExecution#finished} is called.
   */
  BodyHandle body(RunExecution execution, StepEntry step, int attempt);

  /**
   * Sends the message of a queued step, and sees that it is there: should it get lost, {@link
   * RunExecution#unsent} is called.
   */
  void dispatch(RunExecution execution, StepEntry step);

  /** A queued step is over for this execution, whose message matters no more. */
  void dispatched(RunExecution execution, String stepId);

  /** Has {@link RunExecution#alarm()} called at that time, and at no other; null = never. */
  void alarmAt(RunExecution execution, @Nullable Instant time);

  /**
   * The execution now waits for something outside, or no longer does.
   *
   * @param alarm when it is to be woken, if it waits and is to be
   */
  void parked(RunExecution execution, boolean isParked, @Nullable Instant alarm);

  /**
   * The run has ended.
   *
   * @param end how, when this execution ended it; null when somebody else did
   */
  void ended(RunExecution execution, @Nullable RunEnd end);

  /**
   * The execution is over here though the run is not.
   *
   * @param due when the run goes on by itself, if that is known
   */
  void gone(RunExecution execution, @Nullable Instant due);

  /** An attempt of a step has failed; people may want to know. */
  void attemptFailed(
      RunExecution execution,
      String step,
      int attempt,
      StepResult.Failed failed,
      StepResult.Verdict verdict);

  /** Something a human should look at. */
  void warn(RunExecution execution, String message, @Nullable Throwable cause);

  /** Whether this node is going down, so that unanswered appends are nobody's fault. */
  boolean isClosing();

  /** How many events a history may have before it is warned about. */
  int historyWarning();

  /** A body that runs or is about to. */
  interface BodyHandle {

    /** Begins on a thread of its own as soon as there is room. */
    void start();

    /**
     * Runs on the calling thread, on which no body has run, if there is room now; else like {@link
     * #start()}.
     *
     * @return whether the caller has to {@link RunExecution#goOn()}
     */
    boolean runHere();

    /** When it began, by the clock of {@link Host#now()}; null while it has not. */
    @Nullable Instant startedAt();

    /** Its result is no longer wanted. */
    void cancel();
  }
}
