package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
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

  /** How many signals nobody had read when the run ended by itself; 0 for one that goes on. */
  default int unreadSignals() {
    return run().unreadSignals();
  }

  /** Accepted, not started. */
  record Pending(RunRecord run, boolean historyTooLong) implements RunView {}

  /** Executing. */
  record Running(RunRecord run, boolean historyTooLong) implements RunView {}

  /** Waiting for the time given, or for something from outside when that is empty. */
  record Waiting(RunRecord run, boolean historyTooLong, Optional<Instant> until)
      implements RunView {}

  /**
   * Somebody keeps it from going on ({@link Run#pause}), whatever else there is to say of it.
   *
   * @param hold who, since when and why
   */
  record Paused(RunRecord run, boolean historyTooLong, Hold hold) implements RunView {}

  /**
   * Nobody executes it although somebody should: no worker has taken it for more than 15 seconds,
   * or the worker that has it does not live, and none has taken its place.
   *
   * @param since when it could have been taken, or was heard of last
   * @param advice what a worker needs for that
   */
  record Unattended(RunRecord run, boolean historyTooLong, Instant since, String advice)
      implements RunView {}

  /**
   * It stands, and ended in no failure for that.
   *
   * @param cause what kind of reason keeps it, which decides who tries it again
   * @param reason why, for people
   * @param since when it was first found not to go on
   * @param advice who tries it again and when, and what helps
   */
  record Stalled(
      RunRecord run,
      boolean historyTooLong,
      StallCause cause,
      String reason,
      Instant since,
      String advice)
      implements RunView {}

  /** The workflow returned; {@code output} is null when it returned nothing. */
  record Completed(RunRecord run, boolean historyTooLong, @Nullable Payload output)
      implements RunView {}

  /**
   * The workflow goes on in another run, under the same run key.
   *
   * @param next the run that goes on in its place
   */
  record Continued(RunRecord run, boolean historyTooLong, RunId next) implements RunView {}

  /** The workflow threw. */
  record Failed(RunRecord run, boolean historyTooLong, Failure failure) implements RunView {}

  /** Cancelled or terminated. */
  record Cancelled(RunRecord run, boolean historyTooLong, @Nullable String reason)
      implements RunView {}
}
