package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at a run once more when the time of somebody who waits for its end is over: it may have
 * ended, and if not, whoever waited should learn what keeps it.
 */
final class LastLook {

  private final RunReads reads;
  private final Duration patience;

  /**
   * @param patience how long the store may take
   */
  LastLook(RunReads reads, Duration patience) {
    this.reads = reads;
    this.patience = patience;
  }

  /**
   * The end of a run.
   *
   * @param waited how long somebody has waited for it
   * @throws WorldException {@code TIMED_OUT} saying what it does instead, {@code UNAVAILABLE} when
   *     the store cannot say
   */
  RunEnd of(RunId run, Duration waited) {
    RunView view = view(run, waited);
    return switch (view) {
      case RunView.Completed ended -> RunEnd.of(ended.run());
      case RunView.Failed ended -> RunEnd.of(ended.run());
      case RunView.Cancelled ended -> RunEnd.of(ended.run());
      case RunView.Pending pending ->
          throw timedOut(
              run, waited, "no worker has taken it yet; " + RunReads.whoCanTake(pending.run()));
      case RunView.Unattended left ->
          throw timedOut(
              run, waited, "no worker takes it, since " + left.since() + "; " + left.advice());
      case RunView.Running running -> throw timedOut(run, waited, "it is running and goes on");
      case RunView.Waiting waiting ->
          throw timedOut(
              run,
              waited,
              waiting
                      .until()
                      .map(until -> "it waits until " + until)
                      .orElse("it waits for something from outside")
                  + " and goes on then");
      case RunView.Stalled stalled ->
          throw timedOut(
              run,
              waited,
              "it stands since "
                  + stalled.since()
                  + " and does not go on until this is mended: "
                  + stalled.reason());
    };
  }

  private RunView view(RunId run, Duration waited) {
    CompletableFuture<RunView> view = new CompletableFuture<>();
    EngineThreads.virtual(
            "world-last-look",
            () -> {
              try {
                view.complete(reads.view(run));
              } catch (RuntimeException | Error e) {
                view.completeExceptionally(e);
              }
            })
        .start();
    try {
      return view.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unknown(run, waited, "no answer for " + patience, e);
    } catch (ExecutionException e) {
      WorldException failure = RunHandle.rethrown(e);
      throw failure.code().kind() == ErrorCode.Kind.TRANSIENT
          ? unknown(run, waited, String.valueOf(failure.getMessage()), failure)
          : failure;
    } catch (InterruptedException e) {
      throw RunHandle.interrupted(run, e);
    }
  }

  private static WorldException timedOut(RunId run, Duration waited, String doing) {
    return new WorldException(
        ErrorCode.TIMED_OUT, "run " + run + " did not end within " + waited + ": " + doing);
  }

  private static WorldException unknown(RunId run, Duration waited, String why, Exception cause) {
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        "run "
            + run
            + " was not heard to end within "
            + waited
            + ", and the store does not say what it does now: "
            + why,
        cause);
  }
}
