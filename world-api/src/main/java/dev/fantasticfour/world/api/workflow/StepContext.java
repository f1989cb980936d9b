package dev.fantasticfour.world.api.workflow;

import java.time.Instant;
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

  /** When this attempt is interrupted, or null. */
  @Nullable Instant deadline();

  /**
   * Whether the result is no longer wanted: the attempt timed out, the step lost a race, the run
   * was cancelled or is no longer executed here. The body's thread is interrupted as well.
   */
  boolean cancelled();

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
