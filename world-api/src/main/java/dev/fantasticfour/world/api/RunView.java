package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.run.RunRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run is doing, for an exhaustive switch. */
public sealed interface RunView {

  /** All the store knows. */
  RunRecord run();

  /**
   * Whether the history is longer than the configured bound; the run should end and start a
   * successor.
   */
  boolean historyTooLong();

  /** Accepted, not started. */
  record Pending(RunRecord run, boolean historyTooLong) implements RunView {}

  /** Executing. */
  record Running(RunRecord run, boolean historyTooLong) implements RunView {}

  /** Waiting for the time given, or for something from outside when that is empty. */
  record Waiting(RunRecord run, boolean historyTooLong, Optional<Instant> until)
      implements RunView {}

  /**
   * Nobody executes it although somebody should: no worker has taken it for more than 15 seconds.
   *
   * @param since when it could have been taken
   * @param advice what a worker needs for that
   */
  record Unattended(RunRecord run, boolean historyTooLong, Instant since, String advice)
      implements RunView {}

  /** It cannot go on; the reason says why and what helps. */
  record Stalled(RunRecord run, boolean historyTooLong, String reason, Instant since)
      implements RunView {}

  /** The workflow returned; {@code output} is null when it returned nothing. */
  record Completed(RunRecord run, boolean historyTooLong, @Nullable Payload output)
      implements RunView {}

  /** The workflow threw. */
  record Failed(RunRecord run, boolean historyTooLong, Failure failure) implements RunView {}

  /** Cancelled or terminated. */
  record Cancelled(RunRecord run, boolean historyTooLong, @Nullable String reason)
      implements RunView {}
}
