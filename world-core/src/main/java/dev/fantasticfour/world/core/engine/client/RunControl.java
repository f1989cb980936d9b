package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.attribute.AttributeChanges;
import dev.fantasticfour.world.api.attribute.AttributeLimits;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.api.run.WaitStatus;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.telemetry.OutsideEnds;
import dev.fantasticfour.world.core.engine.telemetry.Timing;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.ShownFold;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels, terminates, pauses, nudges and wakes runs from outside. */
final class RunControl {

  private static final Logger LOG = LoggerFactory.getLogger(RunControl.class);

  /** The name of every sleep; the time limit of a hook has the name of the hook. */
  private static final String SLEEP = "sleep";

  private final Storage storage;
  private final Chains chains;
  private final LiveStreams streamer;
  private final OutsideAppends appends;
  private final Hints hints;
  private final ResultWatch results;
  private final UpdateWatch updates;
  private final OutsideEnds observed;
  private final Observer observer;
  private final LongSupplier nanos;
  private final String application;

  RunControl(
      Storage storage,
      Chains chains,
      LiveStreams streamer,
      OutsideAppends appends,
      Hints hints,
      ResultWatch results,
      UpdateWatch updates,
      OutsideEnds observed,
      Observer observer,
      LongSupplier nanos,
      String application) {
    this.observer = observer;
    this.nanos = nanos;
    this.storage = storage;
    this.chains = chains;
    this.streamer = streamer;
    this.appends = appends;
    this.hints = hints;
    this.results = results;
    this.updates = updates;
    this.observed = observed;
    this.application = application;
  }

  /** Asks a run to cancel itself. */
  Cancellation cancel(RunId asked, @Nullable String reason) {
    Timing timing = Timing.of(observer, nanos, new Operation.Cancel(asked));
    Cancellation answer;
    try {
      answer = cancel(asked, reason, timing.context());
    } catch (RuntimeException | Error e) {
      timing.failed(e);
      throw e;
    }
    timing.done();
    return answer;
  }

  private Cancellation cancel(RunId asked, @Nullable String reason, Map<String, String> context) {
    RunRecord known = chains.newest(asked);
    RunId run = known.id();
    if (known.status().isFinal()) {
      return Cancellation.ENDED;
    }
    if (known.status() == RunStatus.PENDING && known.epoch() == 0 && endUnbegun(run, reason)) {
      return Cancellation.DONE;
    }
    if (storage.newest(run, EventType.CANCEL_REQUESTED).isPresent()) {
      return Cancellation.REPEATED;
    }
    return accepted(run, "cancel", new Fact.CancelRequested(reason), context)
        .map(ok -> known.stalledAt() == null ? Cancellation.REQUESTED : Cancellation.STANDING)
        .orElse(Cancellation.ENDED);
  }

  /** While nobody has claimed a run it has no code that could be told. Returns whether it ended. */
  private boolean endUnbegun(RunId run, @Nullable String reason) {
    AppendResult.ToAnyone result =
        appends.append(
            new Target.OfRun(run), new Fact.CancelRequested(reason), new Fact.RunCancelled(reason));
    if (result instanceof AppendResult.InLog accepted) {
      hints.tell(accepted.run(), accepted.events(), accepted.owner(), accepted.taskQueue());
      announce(accepted);
    }
    // Refused otherwise: somebody has begun it meanwhile.
    return result instanceof AppendResult.InLog;
  }

  /** Ends a run without asking it. Returns whether it was still going. */
  boolean terminate(RunId run, @Nullable String reason) {
    Optional<AppendResult.InLog> accepted =
        accepted(run, "terminate", new Fact.RunTerminated(reason));
    accepted.ifPresent(
        ended -> {
          endStreams(ended.run());
          announce(ended);
        });
    return accepted.isPresent();
  }

  /** The run has ended, and with it the updates that had no answer. */
  private void announce(AppendResult.InLog ended) {
    observed.appended(ended);
    ended.events().forEach(event -> updates.announce(event, ended.taskQueue()));
    results.announce(ended.run(), ended.taskQueue());
  }

  /** Ends the sleeps of a run. Returns how many it ended. */
  int wakeUp(RunId run) {
    return wakeUp(run, wait -> wait.name().equals(SLEEP));
  }

  /** Ends the wait of that id, or those of that name. Returns how many it ended. */
  int wakeUp(RunId run, String idOrName) {
    return wakeUp(run, wait -> wait.id().equals(idOrName) || wait.name().equals(idOrName));
  }

  private int wakeUp(RunId run, Predicate<WaitRecord> which) {
    int ended = endWaits(run, which);
    if (ended > 0) {
      return ended;
    }
    RunId newest = chains.newest(run).id();
    return newest.equals(run) ? 0 : endWaits(newest, which);
  }

  private int endWaits(RunId run, Predicate<WaitRecord> which) {
    List<Draft> ends =
        storage.waits(run).stream()
            .filter(wait -> wait.status() == WaitStatus.WAITING)
            .filter(which)
            .map(wait -> appends.draft(wait.id(), new Fact.WaitCompleted()))
            .toList();
    return ends.isEmpty() ? 0 : endTogether(run, ends);
  }

  /** What keeps runs from going on, and lets them go. */
  RunHolds holds() {
    return new RunHolds(storage, chains, hints, application);
  }

  /** Has a run that stands tried again. Returns whether it stood. */
  boolean nudge(RunId run) {
    RunRecord known = chains.newest(run);
    boolean stood = known.stalledAt() != null && storage.nudge(known.id());
    if (stood) {
      hints.tellAnyWorker(known.id(), known.taskQueue());
    }
    return stood;
  }

  /** Changes attributes of a run that goes on. */
  void setAttributes(RunId run, AttributeChanges changes) {
    RunRecord known = chains.newest(run);
    if (changes.changes().isEmpty()) {
      return;
    }
    Map<String, AttributeValue> after = ShownFold.merged(known.attributes(), changes.changes());
    if (changes.changes().values().stream().anyMatch(Optional::isPresent)) {
      AttributeLimits.requireTogether(after);
    }
    if (accepted(known.id(), "set attributes of", new RunFact.AttributesSet(changes.changes()))
        .isEmpty()) {
      throw new WorldException(
          ErrorCode.RUN_ENDED,
          "attributes of run " + run + " cannot be set: it has ended, and stays as it is");
    }
  }

  private Optional<AppendResult.InLog> accepted(RunId run, String verb, Fact fact) {
    return accepted(run, verb, fact, Map.of());
  }

  private Optional<AppendResult.InLog> accepted(
      RunId run, String verb, Fact fact, Map<String, String> context) {
    AppendResult.ToAnyone result = appends.append(new Target.OfRun(run), fact);
    return switch (result) {
      case AppendResult.InLog accepted -> {
        hints.tell(
            accepted.run(), accepted.events(), accepted.owner(), accepted.taskQueue(), context);
        yield Optional.of(accepted);
      }
      case AppendResult.Closed closed -> Optional.empty();
      case AppendResult.NotFound missing -> throw RunReads.notFound(run);
      case AppendResult.Conflict refused -> throw unexpected(verb, run, refused);
      case AppendResult.Fenced over -> throw unexpected(verb, run, over);
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
    AppendResult.ToAnyone result = appends.append(new Target.OfRun(run), null, ends);
    return switch (result) {
      case AppendResult.InLog accepted -> {
        hints.tell(run, accepted.events(), accepted.owner(), accepted.taskQueue());
        yield true;
      }
      // The wait is over already, or its run is: nothing left to wake.
      case AppendResult.Closed closed -> false;
      case AppendResult.NotFound missing -> false;
      case AppendResult.Conflict refused -> false;
      case AppendResult.Fenced over -> throw unexpected("wake", run, over);
    };
  }

  private static WorldException unexpected(String verb, RunId run, AppendResult result) {
    return OutsideAppends.unexpected("the request to " + verb + " run " + run, result);
  }
}
