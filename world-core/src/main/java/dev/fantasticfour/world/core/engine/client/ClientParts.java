package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.copy.RunCopier;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.LocalNode;
import dev.fantasticfour.world.core.engine.node.Ports;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.telemetry.OutsideEnds;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What a client is made of, each part for one kind of call.
 *
 * @param codec of what goes in and comes out
 * @param results of runs, for whoever waits for them
 * @param answers to updates, likewise
 * @param isKept whether the storage keeps streams
 */
record ClientParts(
    Storage storage,
    LiveStreams streamer,
    PayloadCodec codec,
    RunStarter starter,
    HookResumer resumer,
    UpdateSender updates,
    Signaller signaller,
    RunReads reads,
    RunControl control,
    RunCalls calls,
    ResultWatch results,
    UpdateWatch answers,
    StateWatch states,
    RunExport exports,
    RunImport imports,
    Bulks bulks,
    boolean isKept) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LAST_LOOK = Duration.ofSeconds(5);

  /** Puts them together; who starts a run, waits for it or tells it something meets in these. */
  static ClientParts of(
      Ports ports,
      Machine machine,
      InstantSource clock,
      LocalNode node,
      Hints hints,
      ResultWatch results) {
    Storage storage = ports.storage();
    Streamer streamer = ports.streamer();
    PayloadCodec codec = ports.codec();
    String application = ports.config().application();
    Chains chains = new Chains(storage);
    OutsideAppends appends =
        new OutsideAppends(ports.appender(), ports.ids(), clock, PATIENCE, chains);
    RunStarter starter = new RunStarter(appends, node, hints, ports, results, machine::nanos);
    RunReads reads = new RunReads(storage, codec, clock, ports.config().historyWarning());
    LastLook lastLook = new LastLook(machine, reads, LAST_LOOK);
    UpdateWatch answers = new UpdateWatch(machine, storage, streamer, application, results);
    node.onAppend(event -> answers.announce(event, application));
    RunControl control =
        new RunControl(
            storage,
            chains,
            streamer,
            appends,
            hints,
            results,
            answers,
            new OutsideEnds(storage, ports.observer()),
            ports.observer(),
            machine::nanos,
            application);
    Updating updating =
        new Updating(machine, answers, reads::answer, lastLook::doing, reads::holder);
    boolean isKept = !storage.declined().contains(Capability.STREAM_ARCHIVE);
    StepStreams streams =
        isKept
            ? StepStreams.kept(machine, storage, streamer, codec)
            : new StepStreams(machine, streamer, codec);
    RunCopier copier = new RunCopier(storage, codec, ports.ids(), clock, hints);
    RunAgain again = new RunAgain(storage, chains, copier, control, starter);
    HookSearch hooks = new HookSearch(machine, storage, results, lastLook);
    return new ClientParts(
        storage,
        streamer,
        codec,
        starter,
        new HookResumer(machine, appends, hints, node, ports),
        new UpdateSender(appends, hints, ports, updating),
        new Signaller(storage, appends, hints, starter),
        reads,
        control,
        new RunCalls(machine, reads, lastLook, control, again, results, hooks, streams),
        results,
        answers,
        new StateWatch(machine, storage, chains, streamer, codec, application, results, lastLook),
        new RunExport(storage),
        new RunImport(copier, ports.ids(), clock),
        new Bulks(machine, storage, control, again),
        isKept);
  }

  /** A handle to a run that may not be there. */
  <O> Run<O> handle(String runId, RunOutcome<O> outcome) {
    return new RunHandle<>(calls, new RunId(runId), outcome, results::of);
  }

  /** A handle to a run that was started, and may have ended meanwhile. */
  <O> Run<O> handle(RunStarter.Started started, RunOutcome<O> outcome) {
    return new RunHandle<>(calls, started.run(), outcome, run -> results.of(run, started.end()));
  }

  /** The names of a run's streams, from where they are kept, or else from where they are live. */
  List<String> streamsOf(RunId run) {
    List<String> kept = isKept ? storage.archivedStreams(run) : List.of();
    List<String> names = kept.isEmpty() ? streamer.list(run) : kept;
    if (names.isEmpty()) {
      reads.requireKnown(run);
    }
    return names;
  }

  /** Whoever waits for something is told that nothing more is heard of it. Idempotent. */
  void close() {
    states.close();
    results.close();
    answers.close();
  }
}
