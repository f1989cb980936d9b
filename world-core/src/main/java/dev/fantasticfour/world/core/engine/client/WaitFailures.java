package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import java.util.concurrent.CompletableFuture;

/** What somebody meets who waits for what becomes of a run. */
final class WaitFailures {

  private WaitFailures() {}

  /**
   * What a future came to that is done.
   *
   * @throws WorldException its failure with a trace of the caller; what it stands for stays the
   *     same
   */
  static <T> T valueOf(CompletableFuture<T> done) {
    if (done.isCompletedExceptionally()) {
      throw UnexpectedFailure.rethrown(done.exceptionNow(), "waiting for a run failed");
    }
    return done.resultNow();
  }

  static WorldException interrupted(RunId run, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new WorldException(
        ErrorCode.TIMED_OUT,
        "interrupted while waiting for run " + run + "; that is nothing to the run",
        e);
  }
}
