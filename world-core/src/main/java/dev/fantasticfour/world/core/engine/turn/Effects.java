package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.telemetry.RunTelemetry;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the execution of one run does to the world. Every effect goes through here, which is what
 * lets tests put a crash between any two of them. Methods may be called by any thread; those that
 * reach the store may block and are called on virtual threads only.
 */
public interface Effects {

  /** What the run says of itself, to whoever observes it. */
  default RunTelemetry telemetry() {
    return RunTelemetry.NONE;
  }

  /** The worker that owns the run. */
  WorkerId worker();

  /** The store's clock as far as this node knows it. */
  Instant now();

  /** The monotonic clock of this node. */
  long nanos();

  /** 0 to 1. */
  double random();

  /** A fresh batch id. */
  String batchId();

  /** A fresh run id. */
  RunId runId();

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
  List<Event> history(long after);

  /** See {@link dev.fantasticfour.world.core.port.Storage#reschedule}. */
  boolean reschedule(long seen, Due due);

  /** See {@link dev.fantasticfour.world.core.port.Storage#stall}. */
  void stall(long seen, Standstill standstill);

  /**
   * An attempt of a step, which begins when it is told to, there is room and this node's lease is
   * safe; then {@link Signal.Finished} is told.
   */
  BodyHandle body(StepEntry step, int attempt);

  /**
   * Sends the message of a queued step, and sees that it is there: should it get lost, {@link
   * Signal.Unsent} is told.
   */
  void dispatch(StepEntry step);

  /** A queued step is over for this execution, whose message matters no more. */
  void dispatched(String stepId);

  /** Has {@link Signal.Alarm} told at that time, and at no other; null = never. */
  void alarmAt(@Nullable Instant time);

  /**
   * The execution now waits for something outside, or no longer does.
   *
   * @param alarm when it is to be woken, if it waits and is to be
   */
  void parked(boolean isParked, @Nullable Instant alarm);

  /**
   * The run has ended.
   *
   * @param end how, when this execution ended it; null when somebody else did
   */
  void ended(@Nullable RunEnd end);

  /**
   * The execution is over here though the run is not.
   *
   * @param due when the run goes on by itself, if that is known
   */
  void gone(@Nullable Instant due);

  /** The execution is over here because somebody keeps the run from going on. */
  void heldBack();

  /** The run shows new values: who waits for them is told. */
  void published();

  /**
   * The run has sent something to others: it is brought to them, on no thread of the run, and then
   * {@link Signal.Relieved} is told.
   *
   * @param relays ids of what was sent, and to whom; none when the store has to be asked
   */
  void owes(Map<String, RunId> relays);

  /**
   * Runs have come to be with a batch of this one, which nobody has: they are taken here if there
   * is room and code for them, and others hear of them.
   */
  void born(List<Event> causes);

  /** An attempt of a step has failed; people may want to know. */
  void attemptFailed(
      String step, int attempt, StepResult.Failed failed, StepResult.RetryDecision decision);

  /** Something a human should look at. */
  void warn(String message, @Nullable Throwable cause);

  /** Whether this node is going down, so that unanswered appends are nobody's fault. */
  boolean isClosing();

  /** How many events a history may have before it is warned about. */
  int historyWarning();
}
