package dev.fantasticfour.world.core.observe;

import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes time, on one thread unless it says otherwise. Unless it says otherwise its
 * result is {@link Outcome#DONE} or {@link Outcome#FAILED}.
 */
public sealed interface Operation {

  /**
   * Somebody starts a run. What the observer has to say to those who execute it ({@link
   * Scope#context}) is kept with the run, for as long as there is one.
   *
   * @param run the id that it has, unless its key belongs to another one already
   */
  record Start(RunId run, String workflow) implements Operation {}

  /**
   * Somebody sends a payload to a hook.
   *
   * @param hook its name; null where the sender knows its token only
   */
  record Resume(@Nullable String hook) implements Operation {}

  /** Somebody asks a run to cancel itself. */
  record Cancel(RunId run) implements Operation {}

  /**
   * A process is at a run: from the moment in which it takes it, or is woken for it, until it waits
   * again, has ended or is given up. It may end on another thread than it began on, and others go
   * on on that thread meanwhile.
   *
   * @param origin what the observer of whoever started it had to say ({@link Start}); empty when
   *     nothing was said
   * @param age since the run was created
   * @param worker who executes it
   * @param build what is executed
   */
  record Visit(
      RunId run,
      String workflow,
      Map<String, String> origin,
      Duration age,
      String worker,
      String build)
      implements Operation {

    /** Copies the origin. */
    public Visit {
      origin = Map.copyOf(origin);
    }
  }

  /** A run is told what has happened, its code goes on, and what it asked for is handed on. */
  record Turn(RunId run, String workflow) implements Operation {}

  /**
   * The code of a run is built up again from its log, as after an eviction, a takeover or a stale
   * batch. A run that begins replays nothing.
   *
   * @param events how long the log is
   */
  record Replay(RunId run, String workflow, long events) implements Operation {}

  /**
   * The body of a step runs. Its result is {@link Outcome#DONE} when it returned; whether the step
   * is tried again after a failure is decided later ({@link Occurrence.AttemptEnded}).
   *
   * @param workflow null where it is not known: the message of a queued step came from a node that
   *     does not say
   * @param branch path of the branch, empty for the root; null for a queued step
   * @param attempt from 1
   * @param worker who runs it; null when this process is none any more
   * @param context what the observer of whoever sent a queued step had to say; empty for others
   */
  record StepAttempt(
      RunId run,
      @Nullable String workflow,
      @Nullable String branch,
      String step,
      String stepId,
      int attempt,
      Placement placement,
      @Nullable String worker,
      Map<String, String> context)
      implements Operation {

    /** Copies the context. */
    public StepAttempt {
      context = Map.copyOf(context);
    }
  }

  /**
   * One call of the store that appends. What became of each batch is a {@link
   * Occurrence.BatchAnswered}.
   *
   * @param batches how many go with it
   */
  record Append(int batches) implements Operation {}

  /**
   * One call of the store that takes runs over.
   *
   * @param runs how many are asked for
   */
  record Claim(int runs) implements Operation {}

  /** One heartbeat. */
  record Beat(String worker) implements Operation {}

  /**
   * A message is handled. Its result is {@code done}, {@code again} or {@code failed}.
   *
   * @param attempt from 1
   */
  record Handling(String queue, String messageId, int attempt) implements Operation {

    /** How the names of the queues of single workers begin. */
    public static final String OF_A_WORKER = "worker.";

    /** Whether the queue is that of one worker. */
    public boolean isOfAWorker() {
      return queue.startsWith(OF_A_WORKER);
    }
  }

  /** Where the body of a step runs. */
  enum Placement {
    /** In the process that executes the run. */
    INLINE,
    /** In whichever process took its message. */
    QUEUED
  }
}
