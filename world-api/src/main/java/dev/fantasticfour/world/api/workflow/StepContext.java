package dev.fantasticfour.world.api.workflow;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step body may know and use. Any thread of the body may use it while the attempt runs. */
public interface StepContext {

  /** The run. */
  String runId();

  /** The step, the same for all its attempts. */
  String stepId();

  /** The name of the step. */
  String stepName();

  /**
   * Unique over all runs and the same for all attempts of this step, known before anything is
   * recorded: hand it to services that can tell a repeated request by it.
   */
  String idempotencyKey();

  /** Which attempt this is, from 1. */
  int attempt();

  /**
   * How many attempts were lost before this one, with their workers or because they said nothing
   * for too long. As far as the log shows: one that ran inline for less than a second leaves no
   * trace.
   */
  int lostAttempts();

  /** When this attempt is interrupted, or null. */
  @Nullable Instant deadline();

  /**
   * Whether the result is no longer wanted: the attempt timed out, the step lost a race, the run
   * was cancelled or is no longer executed here. The body's thread is interrupted as well.
   */
  boolean cancelled();

  /**
   * Says that the body is alive, which matters where the step has a {@linkplain
   * StepOptions#heartbeatTimeout(java.time.Duration) limit for that}. Cheap: call it as often as
   * you like.
   *
   * @throws dev.fantasticfour.world.api.error.AttemptEndedException when nobody waits for this
   *     attempt any more. A queued step learns of that within about a second
   */
  void heartbeat();

  /**
   * The same, and says how far the body has come: what the next attempt finds in {@link
   * #progress(Class)}. The newest progress replaces the one before; it is written down at once, and
   * kept once a second at most, for all bodies of this process in one statement. So call it as
   * often as you like, and keep it small.
   *
   * <p>Of a <em>queued</em> step it is kept in the storage: whichever worker makes the next attempt
   * sees it. What was said in the last second is lost with the process, but not with a failed
   * attempt. An <em>inline</em> step writes nothing but its result: its progress is kept in this
   * process, and is gone when another worker takes the run over. Where that matters, queue the
   * step.
   *
   * @param progress any value that can be written as JSON
   * @throws dev.fantasticfour.world.api.error.AttemptEndedException as {@link #heartbeat()}
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} when it cannot
   *     be written; let out, that fails the step for good
   */
  void heartbeat(Object progress);

  /** The same for a value whose type has arguments, or is a sealed interface. */
  <P> void heartbeat(P progress, ValueType<P> type);

  /**
   * How far an attempt before this one had come when it was heard of last; empty in a first
   * attempt, and when none has said anything. What this attempt says itself is not seen here. May
   * read the storage, once.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} when it cannot
   *     be read as that
   */
  default <P> Optional<P> progress(Class<P> type) {
    return progress(ValueType.of(type));
  }

  /** The same for a type with arguments. */
  <P> Optional<P> progress(ValueType<P> type);

  /**
   * A logger that names run, step and attempt. It is called {@code world.step.<name>} and goes
   * where World's own lines go.
   */
  System.Logger logger();

  /**
   * A writer to a stream of this run. Chunks are readable at once; those of a failed attempt are
   * marked as superseded when the next attempt writes.
   */
  <C> StreamWriter<C> stream(StreamType<C> type);
}
