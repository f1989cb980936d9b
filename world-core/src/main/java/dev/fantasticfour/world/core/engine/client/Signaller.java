package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.SignalOptions;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.client.OutsideAppends.Addressee;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.port.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends signals to runs. Safe for any number of threads. */
final class Signaller {

  private final RunViews runs;
  private final OutsideAppends appends;
  private final Hints hints;
  private final RunStarter starter;

  Signaller(RunViews runs, OutsideAppends appends, Hints hints, RunStarter starter) {
    this.runs = runs;
    this.appends = appends;
    this.hints = hints;
    this.starter = starter;
  }

  /** The signal is in the log of the run, and whoever executes it was told. */
  void signal(String name, RunId run, @Nullable Payload payload, SignalOptions options) {
    String id = options.id();
    Fact signal = new RunFact.SignalReceived(name, id, payload);
    AppendResult.ToAnyone result =
        id == null
            ? answered(name, id, () -> appends.append(new Target.OfRun(run), signal))
            : once(name, id, appends.addressee(run), signal);
    switch (result) {
      case AppendResult.InLog accepted -> tell(accepted);
      case AppendResult.Closed closed ->
          throw new WorldException(
              ErrorCode.RUN_ENDED,
              "signal '"
                  + name
                  + "' was not sent: run "
                  + run
                  + " has ended ("
                  + closed.status().word()
                  + ")");
      case AppendResult.NotFound missing -> throw RunReads.notFound(run);
      case AppendResult.Conflict refused -> throw unexpected(name, refused);
      case AppendResult.Fenced over -> throw unexpected(name, over);
    }
  }

  private AppendResult.ToAnyone once(String name, String id, Addressee to, Fact signal) {
    Target target = new Target.OfRun(to.newest());
    String key = key(to.chain().value(), name, id);
    return answered(name, id, () -> appends.appendAgain(key, target, signal));
  }

  /** The same for the run that has a key; returns which one that is. */
  RunId signal(
      String name,
      String workflow,
      String runKey,
      @Nullable Payload payload,
      SignalOptions options) {
    RunId run =
        runs.runByKey(workflow, runKey)
            .map(RunRecord::id)
            .orElseThrow(
                () ->
                    new WorldException(
                        ErrorCode.RUN_NOT_FOUND,
                        "signal '"
                            + name
                            + "' was not sent: no run of workflow '"
                            + workflow
                            + "' has the key '"
                            + runKey
                            + "'; signalOrStart starts one"));
    signal(name, run, payload, options);
    return run;
  }

  /**
   * What came of a signal to a run that may have had to be started.
   *
   * @param isNew whether this call started it
   */
  record Sent(RunStarter.Started run, boolean isNew) {}

  /** The signal is in the log of the run that has the key, which was started if there was none. */
  Sent signalOrStart(
      String workflow,
      Pin pin,
      String runKey,
      @Nullable Payload input,
      String name,
      @Nullable Payload payload,
      SignalOptions options) {
    RunStarter.Expected fresh =
        starter.expected(workflow, input, pin, StartOptions.DEFAULT.runKey(runKey));
    String id = options.id();
    Target target = new Target.OfKey(workflow, runKey, fresh.run());
    List<Draft> drafts =
        List.of(
            appends.draft(null, fresh.creation()),
            appends.draft(null, new RunFact.SignalReceived(name, id, payload)));
    AppendResult.ToAnyone result =
        answered(
            name,
            id,
            () ->
                id == null
                    ? appends.append(target, null, drafts)
                    : appends.appendAgain(key(workflow + '\0' + runKey, name, id), target, drafts));
    return switch (result) {
      case AppendResult.InLog accepted -> {
        tell(accepted);
        boolean isNew = accepted.run().equals(fresh.run());
        yield new Sent(new RunStarter.Started(accepted.run(), isNew ? fresh.end() : null), isNew);
      }
      case AppendResult.Closed closed -> throw unexpected(name, closed);
      case AppendResult.NotFound missing -> throw unexpected(name, missing);
      case AppendResult.Conflict refused -> throw unexpected(name, refused);
      case AppendResult.Fenced over -> throw unexpected(name, over);
    };
  }

  private void tell(AppendResult.InLog accepted) {
    hints.tell(accepted.run(), accepted.events(), accepted.owner(), accepted.taskQueue());
  }

  private interface Append {
    AppendResult.ToAnyone of();
  }

  private static AppendResult.ToAnyone answered(String name, @Nullable String id, Append append) {
    try {
      return append.of();
    } catch (WorldException e) {
      throw OutsideAppends.unanswered(
          "signal '" + name + "' was sent",
          id == null
              ? "to be able to send again safely, give it an id"
              : "sending again under the same id is safe",
          e);
    }
  }

  /** What one signal is known by, whoever sends it and however often. */
  private static String key(String whereTo, String name, String id) {
    return OutsideAppends.key("signal", whereTo, name, id);
  }

  private static RuntimeException unexpected(String name, AppendResult result) {
    return OutsideAppends.unexpected("signal '" + name + "'", result);
  }
}
