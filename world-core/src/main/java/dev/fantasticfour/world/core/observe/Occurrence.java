package dev.fantasticfour.world.core.observe;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened in this process, said once over all processes unless it says
 * otherwise: whoever adds up what all of them count gets the right sum.
 */
public sealed interface Occurrence {

  /**
   * A world was opened.
   *
   * @param vitals what can be asked of it until it is closed
   */
  record WorldOpened(Vitals vitals) implements Occurrence {}

  /** A world was closed: its vitals are of the past. */
  record WorldClosed(Vitals vitals) implements Occurrence {}

  /**
   * The start of a run is committed.
   *
   * @param waited from its creation until its code began
   */
  record RunStarted(RunId run, String workflow, Duration waited) implements Occurrence {}

  /**
   * The end of a run is committed.
   *
   * @param errorType class of what a failed run failed of; null for the others
   * @param lasted from its creation to its end
   */
  record RunEnded(
      RunId run, String workflow, Ending ending, @Nullable String errorType, Duration lasted)
      implements Occurrence {}

  /** How a run ended. */
  enum Ending {
    COMPLETED,
    /** It goes on in another run. */
    CONTINUED,
    FAILED,
    CANCELLED,
    TERMINATED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** For tags. */
    public String word() {
      return word;
    }
  }

  /**
   * An attempt of a step has come to something that counts.
   *
   * @param workflow null where it is not known, as in {@link Operation.StepAttempt}
   * @param took how long its body ran, without the wait for a place
   */
  record AttemptEnded(
      RunId run,
      @Nullable String workflow,
      String step,
      String stepId,
      int attempt,
      Operation.Placement placement,
      AttemptResult result,
      Duration took)
      implements Occurrence {}

  /** What an attempt of a step came to. */
  enum AttemptResult {
    COMPLETED,
    /** It failed, and another one follows. */
    RETRYING,
    /** It failed, and so has the step. */
    FAILED,
    /** Nobody wanted its result any more. */
    CANCELLED,
    /** It said nothing for too long. */
    LOST;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** For tags. */
    public String word() {
      return word;
    }
  }

  /**
   * The body of an inline step has begun right after another one in its branch: with nothing in
   * between but what World does.
   *
   * @param overhead from the end of the one to the beginning of the other
   */
  record StepFollowed(RunId run, String workflow, Duration overhead) implements Occurrence {}

  /**
   * The code of a run was told what it waited for.
   *
   * @param delay since it was due, or appended, by the store's clock
   */
  record WokenUp(RunId run, String workflow, Wakeup cause, Duration delay) implements Occurrence {}

  /** What a run waited for. */
  enum Wakeup {
    /** A sleep or a time limit. */
    TIMER,
    /** A message of a hook. */
    HOOK,
    /** The end of a child. */
    CHILD,
    /** A signal. */
    SIGNAL,
    /** An update that somebody asks for. */
    UPDATE,
    /** What a queued step came to. */
    STEP,
    /** The next attempt of an inline step. */
    RETRY;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** For tags. */
    public String word() {
      return word;
    }
  }

  /**
   * The store has answered a batch, or has not.
   *
   * @param result {@code appended}, {@code repeated}, {@code stale}, {@code fenced}, {@code
   *     closed}, {@code conflict}, {@code not_found}, {@code too_early}, {@code busy}, or {@code
   *     unavailable} when the call threw
   * @param took how long the call took that it went with
   */
  record BatchAnswered(String result, Duration took) implements Occurrence {}

  /**
   * This process owns a run.
   *
   * @param takenOver whether the store had shown it as one whose owner is dead
   */
  record RunClaimed(RunId run, String workflow, boolean takenOver) implements Occurrence {}

  /**
   * Something was said to a run that this process executes, or is to take, by somebody whose
   * observer had something to say; what the run does next it does for that reason. Messages may be
   * lost, and then this is not said.
   *
   * @param context what it had to say ({@link Scope#context})
   */
  record Hinted(RunId run, Map<String, String> context) implements Occurrence {

    /** Copies the context. */
    public Hinted {
      context = Map.copyOf(context);
    }
  }

  /** This process has lost a run that it executed, or all of them. */
  record OwnershipLost(Loss loss) implements Occurrence {}

  /** How ownership is lost. */
  enum Loss {
    /** A batch was refused: somebody else owns the run by now. */
    FENCED,
    /** The worker was declared dead, and with it the ownership of all of its runs. */
    LEASE,
    /**
     * A batch was refused over events that it was decided without: the run stays here, and its code
     * is built up again.
     */
    STALE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** For tags. */
    public String word() {
      return word;
    }
  }

  /** A run cannot go on, and stands. */
  record RunStalled(RunId run, String workflow, StallCause cause) implements Occurrence {}

  /**
   * Chunks were stored in a stream.
   *
   * @param bytes of their payloads
   */
  record ChunksWritten(String stream, int chunks, long bytes) implements Occurrence {}

  /**
   * How everything in the store stands. One process says so, every fifteen seconds; what it said
   * before holds no more.
   *
   * @param worker who counted
   */
  record StoreCounted(String worker, StoreCounts counts) implements Occurrence {}

  /** What that worker has counted last holds no more; another one may count in its place. */
  record StoreNotCounted(String worker) implements Occurrence {}

  /** Whoever wrote to a stream had to wait, because too much of it is held here already. */
  record WriterHeld(String stream, Duration held) implements Occurrence {}
}
