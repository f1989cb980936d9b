package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.WaitStatus;
import dev.fantasticfour.world.core.engine.client.OutsideResult.Accepted;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels, terminates and wakes runs from outside. */
final class RunControl {

  private static final Logger LOG = LoggerFactory.getLogger(RunControl.class);

  private final Storage storage;
  private final Streamer streamer;
  private final OutsideAppends appends;
  private final WakeUps wakeUps;
  private final ResultWatch results;

  RunControl(
      Storage storage,
      Streamer streamer,
      OutsideAppends appends,
      WakeUps wakeUps,
      ResultWatch results) {
    this.storage = storage;
    this.streamer = streamer;
    this.appends = appends;
    this.wakeUps = wakeUps;
    this.results = results;
  }

  /** Asks a run to cancel itself. Returns whether that was recorded. */
  boolean cancel(RunId run, @Nullable String reason) {
    return accepted(run, "cancel", new Fact.CancelRequested(reason)).isPresent();
  }

  /** Ends a run without asking it. Returns whether it was still going. */
  boolean terminate(RunId run, @Nullable String reason) {
    Optional<Accepted> accepted = accepted(run, "terminate", new Fact.RunTerminated(reason));
    accepted.ifPresent(
        ended -> {
          endStreams(run);
          results.announce(run, ended.taskQueue());
        });
    return accepted.isPresent();
  }

  /** Ends the sleeps of a run, and has it tried again if it stands. Returns how many it ended. */
  int wakeUp(RunId run) {
    List<Draft> ends =
        storage.waits(run).stream()
            .filter(wait -> wait.status() == WaitStatus.WAITING)
            .map(wait -> appends.draft(wait.id(), new Fact.WaitCompleted()))
            .toList();
    int ended = ends.isEmpty() ? 0 : endTogether(run, ends);
    if (ended == 0) {
      tryAgain(run);
    }
    return ended;
  }

  private Optional<Accepted> accepted(RunId run, String verb, Fact fact) {
    OutsideResult result = appends.append(new Target.OfRun(run), fact);
    return switch (result) {
      case Accepted accepted -> {
        wakeUps.tell(run, accepted.events(), accepted.owner(), accepted.taskQueue());
        yield Optional.of(accepted);
      }
      case OutsideResult.Closed closed -> Optional.empty();
      case OutsideResult.Missing missing -> throw RunReads.notFound(run);
      case OutsideResult.Refused refused -> throw unexpected(verb, run, refused);
      case OutsideResult.WorkerOver over -> throw unexpected(verb, run, over);
    };
  }

  /** Whoever settles the ended run does it again; this only spares its readers the wait. */
  private void endStreams(RunId run) {
    try {
      streamer.endAll(run);
    } catch (WorldException e) {
      LOG.warn(
          "Run {} is terminated, but its streams could not be ended now; a worker does it later:"
              + " {}",
          run,
          e.getMessage());
    }
  }

  /** In one append, so that the run wakes once; one by one when some of them ended meanwhile. */
  private int endTogether(RunId run, List<Draft> ends) {
    if (complete(run, ends)) {
      return ends.size();
    }
    int ended = 0;
    for (Draft end : ends) {
      ended += complete(run, List.of(end)) ? 1 : 0;
    }
    return ended;
  }

  private boolean complete(RunId run, List<Draft> ends) {
    OutsideResult result = appends.append(new Target.OfRun(run), null, ends);
    return switch (result) {
      case Accepted accepted -> {
        wakeUps.tell(run, accepted.events(), accepted.owner(), accepted.taskQueue());
        yield true;
      }
      // The wait is over already, or its run is: nothing left to wake.
      case OutsideResult.Closed closed -> false;
      case OutsideResult.Missing missing -> false;
      case OutsideResult.Refused refused -> false;
      case OutsideResult.WorkerOver over -> throw unexpected("wake", run, over);
    };
  }

  private void tryAgain(RunId run) {
    RunRecord known = storage.run(run).orElseThrow(() -> RunReads.notFound(run));
    if (known.stalledAt() != null && storage.retry(run)) {
      wakeUps.tellAnyWorker(run, known.taskQueue());
    }
  }

  private static WorldException unexpected(String verb, RunId run, OutsideResult result) {
    return OutsideAppends.unexpected("the request to " + verb + " run " + run, result);
  }
}
