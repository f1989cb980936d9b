package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch (law L8: expected outcomes are values). Everything but {@link Appended}
 * and {@link Repeated} left no trace.
 */
public sealed interface AppendResult {

  /**
   * What a batch of {@link Authority#ANYONE} can be answered that is alone in its call. Only an
   * owner's can be {@link Stale}, only the start of a step {@link TooEarly}, and only one of
   * several batches {@link Busy}.
   */
  sealed interface ToAnyone extends AppendResult {}

  /** It is in the log, since now or since an earlier try: see {@link Appended}. */
  sealed interface InLog extends ToAnyone {

    /** The run. */
    RunId run();

    /** As committed, in order. */
    List<Event> events();

    /** Who owns the run now; null when nobody does. */
    @Nullable WorkerId owner();

    /** Where a wake-up goes when nobody owns it. */
    String taskQueue();

    /** For an owner's batch: what others had appended that it had not seen. */
    List<Event> unseen();
  }

  /**
   * It was not in the log before.
   *
   * @param events as committed, in order: with positions, ids and times, and with {@code
   *     hook_conflict} where a token was taken. Empty when the batch asked for nothing new ({@code
   *     run_started} on a running run)
   * @param owner who owns the run now, so that the caller can wake it; null when nobody does
   * @param taskQueue where a wake-up goes when nobody owns it
   * @param unseen for an owner's batch: the events by others after its {@code seen} and before its
   *     own first position, in order
   */
  record Appended(
      RunId run, List<Event> events, @Nullable WorkerId owner, String taskQueue, List<Event> unseen)
      implements InLog {
    public Appended {
      events = List.copyOf(events);
      unseen = List.copyOf(unseen);
    }
  }

  /**
   * It was in the log already: the events it was committed with, and what {@link Appended} says
   * besides.
   */
  record Repeated(
      RunId run, List<Event> events, @Nullable WorkerId owner, String taskQueue, List<Event> unseen)
      implements InLog {
    public Repeated {
      events = List.copyOf(events);
      unseen = List.copyOf(unseen);
    }
  }

  /**
   * An owner's batch that would end the run or dispose a hook over events its code was not told of,
   * or whose drafts such events have made illegal.
   *
   * @param missing all events by others after {@code seen}, in order, at least one
   */
  record Stale(List<Event> missing) implements AppendResult {
    public Stale {
      missing = List.copyOf(missing);
    }
  }

  /**
   * The owner's claim is over, or the worker that was to own the run from its creation is.
   *
   * @param owner who owns the run now, or null
   */
  record Fenced(long epoch, @Nullable WorkerId owner) implements ToAnyone {}

  /**
   * The run has ended and takes no such event any more.
   *
   * @param continuedTo the run that goes on in its place, to which the batch may be said under the
   *     same id; null when there is none
   */
  record Closed(RunStatus status, @Nullable RunId continuedTo) implements ToAnyone {

    /** It has ended, and nothing goes on in its place. */
    public Closed(RunStatus status) {
      this(status, null);
    }
  }

  /**
   * A duplicate, or a transition that the state forbids.
   *
   * @param entity the run, step, hook or wait that refuses
   * @param existing for {@link Reason#RUN_KEY}: the run that has the key
   * @param existingHash for {@link Reason#RUN_KEY}: the input hash recorded with it, or {@link
   *     #DELETED}
   */
  record Conflict(
      Reason reason, String entity, @Nullable RunId existing, @Nullable String existingHash)
      implements ToAnyone {

    /** Instead of a hash: the run that has the key is gone, and its key outlives it. */
    public static final String DELETED = "deleted";

    /** Why it is refused. */
    public enum Reason {
      /** The entity was created before. */
      EXISTS,
      /** The entity is in a state that does not allow the transition. */
      STATE,
      /** The run key belongs to another run. */
      RUN_KEY,
      /** The authority may not append that type to a claimed run. */
      AUTHORITY,
      /** The attempt is not, or no longer, the one that counts. */
      ATTEMPT
    }
  }

  /**
   * There is no such run, step, hook or wait.
   *
   * @param id the run id, correlation id, or hook token that was looked for
   */
  record NotFound(Kind kind, String id) implements ToAnyone {

    /** What is missing. */
    public enum Kind {
      RUN,
      STEP,
      HOOK,
      WAIT,
      CHILD,
      PERMIT,
      UPDATE
    }

    /** Without a token, which is a secret. */
    @Override
    public String toString() {
      String shown = kind == Kind.HOOK ? Secrets.fingerprint(id) : id;
      return "NotFound[kind=" + kind + ", id=" + shown + "]";
    }
  }

  /**
   * The step must not start before that much time has passed by the store's clock, or its run is
   * kept from going on, which may be over then. Not said to an owner, who tells of what has begun.
   */
  record TooEarly(Duration after) implements AppendResult {}

  /**
   * The run was locked by somebody else. Only in answer to a list of several batches, which never
   * waits for a run; a list of one waits.
   */
  record Busy() implements AppendResult {}
}
