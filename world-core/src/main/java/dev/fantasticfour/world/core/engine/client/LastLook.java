package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at a run once more when the time of somebody who waits for its end is over: it may have
 * ended, and if not, whoever waited should learn what keeps it.
 */
final class LastLook {

  private final Machine machine;
  private final RunReads reads;
  private final Duration patience;

  /**
   * @param patience how long the store may take
   */
  LastLook(Machine machine, RunReads reads, Duration patience) {
    this.machine = machine;
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
    RunView view;
    try {
      view = view(run);
    } catch (WorldException e) {
      throw e.code().kind() == ErrorCode.Kind.TRANSIENT ? unknown(run, waited, e) : e;
    }
    if (view instanceof RunView.Continued on) {
      return of(on.next(), waited);
    }
    if (view.run().status().isFinal()) {
      return RunEnd.of(view.run());
    }
    throw new WorldException(
        ErrorCode.TIMED_OUT, "run " + run + " did not end within " + waited + ": " + words(view));
  }

  /** What a run does, in words, for a message about something else. */
  String doing(RunId run) {
    try {
      return words(view(run));
    } catch (WorldException e) {
      return "what it does cannot be said: " + e.getMessage();
    }
  }

  private static String words(RunView view) {
    return switch (view) {
      case RunView.Completed ended -> "it has completed";
      case RunView.Continued on -> "it goes on as run " + on.next();
      case RunView.Failed ended -> "it has failed";
      case RunView.Cancelled ended -> "it is cancelled";
      case RunView.Pending pending ->
          "no worker has taken it yet; " + RunReads.whoCanTake(pending.run());
      case RunView.Paused paused ->
          "it is paused, since "
              + paused.hold().since()
              + (paused.hold().reason() == null ? "" : ": " + paused.hold().reason())
              + "; it goes on when it is resumed";
      case RunView.Unattended left ->
          "no worker looks after it, since " + left.since() + "; " + left.advice();
      case RunView.Running running -> "it is running and goes on";
      case RunView.Waiting waiting ->
          waiting
                  .until()
                  .map(until -> "it waits until " + until)
                  .orElse("it waits for something from outside")
              + " and goes on then";
      case RunView.Stalled stalled ->
          "it stands since "
              + stalled.since()
              + " and does not go on until this is mended: "
              + stalled.reason()
              + " (cause: "
              + stalled.cause().word()
              + "); "
              + stalled.advice();
    };
  }

  private RunView view(RunId run) {
    CompletableFuture<RunView> view = new CompletableFuture<>();
    machine.start("world-last-look", () -> look(run, view));
    try {
      if (!machine.await(view, patience)) {
        throw new WorldException(ErrorCode.UNAVAILABLE, "no answer for " + patience);
      }
    } catch (InterruptedException e) {
      throw WaitFailures.interrupted(run, e);
    }
    return WaitFailures.valueOf(view);
  }

  private void look(RunId run, CompletableFuture<RunView> view) {
    try {
      view.complete(reads.view(run));
    } catch (RuntimeException | Error e) {
      view.completeExceptionally(e);
    }
  }

  private static WorldException unknown(RunId run, Duration waited, WorldException cause) {
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        "run "
            + run
            + " was not heard to end within "
            + waited
            + ", and the store does not say what it does now: "
            + cause.getMessage(),
        cause);
  }
}
