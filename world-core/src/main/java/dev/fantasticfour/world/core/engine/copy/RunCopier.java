package dev.fantasticfour.world.core.engine.copy;

import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.Origin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.RunCopies.CopyResult;
import dev.fantasticfour.world.core.port.RunCopies.RunCopy;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.rules.Erasure;
import dev.fantasticfour.world.core.rules.Protocol;
import dev.fantasticfour.world.core.rules.Relay;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has ended runs go on as others. Reads what there is, decides, and hands the whole log of the new
 * run to the store, which takes it or not; doing it again under the same operation id finds what
 * was done. Safe for any number of threads.
 */
public final class RunCopier {

  private static final int MOST_COPIES = 100;

  private final Storage storage;
  private final PayloadCodec codec;
  private final IdSource ids;
  private final InstantSource clock;
  private final Hints hints;

  public RunCopier(
      Storage storage, PayloadCodec codec, IdSource ids, InstantSource clock, Hints hints) {
    this.storage = storage;
    this.codec = codec;
    this.ids = ids;
    this.clock = clock;
    this.hints = hints;
  }

  /**
   * The run that goes on.
   *
   * @param isNew whether it came to be now; false when it was there under that operation
   */
  public record Next(RunId run, boolean isNew) {}

  /** A run that failed or was cancelled goes on from there, as the same. */
  public Next retry(RunRecord run, CopyOptions options) {
    if (run.status() != RunStatus.FAILED && run.status() != RunStatus.CANCELLED) {
      throw invalid(
          "run "
              + run.id()
              + " cannot be retried: it "
              + (run.status().isFinal()
                  ? "has completed; run it again, or fork it from a step"
                  : "goes on; nudge it if it stands, or reset it"));
    }
    RunId next = id(run.id(), "retry", options);
    if (storage.run(next).isPresent()) {
      return new Next(next, false);
    }
    retried(run.id())
        .ifPresent(
            by -> {
              throw invalid(
                  "run " + run.id() + " was retried already, as run " + by + ": retry that");
            });
    List<Event> log = history(run.id());
    long cut = Cut.beforeLostChildren(log, Cut.ofRetry(log, codec), this::isLost);
    NewLog made =
        new NewLog(next, log, true, cut)
            .createdBy((Fact.RunCreated) log.getFirst().fact(), true, clock.instant())
            .withWhatCameLater();
    hearOfChildren(run.id(), log, cut, made);
    return new Next(begin(new RunCopy(next, made.events(), false, run.id(), null), run), true);
  }

  /** An ended run goes on from a step as another one. */
  public RunId fork(RunRecord run, String step, CopyOptions options) {
    if (!run.status().isFinal()) {
      throw invalid(
          "run " + run.id() + " cannot be forked: it has not ended; reset it to have both at once");
    }
    RunId next = id(run.id(), "fork " + step, options);
    if (storage.run(next).isPresent()) {
      return next;
    }
    List<Event> log = history(run.id());
    long first = StepSearch.in(run.id(), log, step, options).position();
    long cut = Cut.beforeLostChildren(log, first, this::isLost);
    NewLog made =
        new NewLog(next, log, false, cut)
            .createdBy((Fact.RunCreated) log.getFirst().fact(), false, clock.instant());
    hearOfChildren(run.id(), log, cut, options.keepsSignals() ? made.withWhatCameLater() : made);
    return begin(new RunCopy(next, made.events(), false, null, null), run);
  }

  /** Whether a step of that name is there to fork from, before anything is ended for it. */
  public void requireStep(RunId run, String step, CopyOptions options) {
    var unused = StepSearch.in(run, history(run), step, options);
  }

  /** A log as that of a run of another identity, which has no run key. */
  public static RunCopy renamed(
      RunId run, List<Event> log, Instant now, RunCopy.@Nullable Held held) {
    List<Event> its =
        new NewLog(run, log, false, log.size() + 1L)
            .createdBy((Fact.RunCreated) log.getFirst().fact(), false, now)
            .events();
    return new RunCopy(run, its, false, null, held);
  }

  /** Begins a run with a log that was written down elsewhere. */
  public RunId begin(RunCopy copy, @Nullable RunRecord original) {
    return switch (storage.copy(copy)) {
      case CopyResult.Begun begun -> {
        if (copy.held() == null) {
          hints.tellAnyWorker(copy.run(), begun.taskQueue());
        }
        yield copy.run();
      }
      case CopyResult.Exists exists when original != null -> copy.run();
      case CopyResult.Exists exists ->
          throw invalid(
              "run " + copy.run() + " is there already: import it under a new id, or leave it");
      case CopyResult.KeyTaken taken ->
          throw new WorldException(
              ErrorCode.RUN_KEY_CONFLICT,
              "run " + copy.run() + " cannot begin: run " + taken.by() + " has its run key");
      case CopyResult.TokenTaken taken -> throw tokenTaken(copy, taken);
    };
  }

  private static WorldException tokenTaken(RunCopy copy, CopyResult.TokenTaken taken) {
    return new WorldException(
        ErrorCode.HOOK_CONFLICT,
        "run "
            + copy.run()
            + " cannot begin: run "
            + taken.by()
            + " has the token of its open hook "
            + taken.hook());
  }

  /** What a run was to hear of children that ended, or must not begin before they have. */
  private void hearOfChildren(RunId run, List<Event> log, long cut, NewLog made) {
    for (Event begun : Cut.openChildren(log, cut)) {
      RunId child = childOf(begun);
      RunRecord last = newest(child);
      if (!last.status().isFinal()) {
        throw invalid(
            "run "
                + run
                + " cannot go on as another one while its child, run "
                + last.id()
                + ", goes on: wait until it has ended, or terminate it");
      }
      Event end = history(last.id()).getLast();
      String about = made.nameOf(begun);
      if (about != null && end.fact() instanceof RunFact ended) {
        var unused = made.with(about, end.occurredAt(), Relay.outcome(child.value(), ended));
      }
    }
  }

  private static RunId childOf(Event begun) {
    return new RunId(
        switch (begun.fact()) {
          case ChildFact.Created f -> f.childRun();
          case ChildFact.Carried f -> f.childRun();
          default -> throw new IllegalArgumentException(begun.type().word() + " begins no child");
        });
  }

  /** Whether a child ended only because the run that started it had. */
  private boolean isLost(RunId child) {
    RunRecord last = newest(child);
    return last.status() == RunStatus.CANCELLED && Relay.PARENT_ENDED.equals(last.reason());
  }

  private RunRecord newest(RunId run) {
    RunRecord known = known(run);
    while (known.continuedTo() != null) {
      known = known(known.continuedTo());
    }
    return known;
  }

  private RunRecord known(RunId run) {
    return storage
        .run(run)
        .orElseThrow(() -> new WorldException(ErrorCode.RUN_NOT_FOUND, "there is no run " + run));
  }

  private Optional<RunId> retried(RunId run) {
    return storage
        .runs(Runs.copiesOf(run), PageRequest.oldestFirst().withLimit(MOST_COPIES))
        .items()
        .stream()
        .filter(copy -> isRetry(copy.origin(), copy.id()))
        .map(RunRecord::id)
        .findFirst();
  }

  private static boolean isRetry(@Nullable Origin origin, RunId copy) {
    return origin != null && !origin.identity().equals(copy.value());
  }

  private RunId id(RunId before, String verb, CopyOptions options) {
    String operation = options.operationId();
    if (operation == null) {
      return ids.run();
    }
    String fresh = ids.run().value();
    String time =
        before.value().length() == fresh.length() && before.value().startsWith(RunId.PREFIX)
            ? before.value().substring(0, fresh.length() - 16)
            : RunId.PREFIX + "0".repeat(10);
    return new RunId(time + Fingerprint.of(before.value() + " " + verb + " " + operation));
  }

  /** The whole log of a run, which this build has to be able to read. */
  public List<Event> history(RunId run) {
    Protocol.requireSupported(run.value(), known(run).specVersion());
    List<Event> log = new ArrayList<>(storage.history(run, 0, Protocol.MAX_HISTORY));
    int read = log.size();
    while (read == Protocol.MAX_HISTORY) {
      List<Event> more = storage.history(run, log.getLast().position(), Protocol.MAX_HISTORY);
      log.addAll(more);
      read = more.size();
    }
    if (log.stream().anyMatch(event -> Erasure.isErased(event.fact()))) {
      throw invalid("run " + run + " was erased: what was said in it is not there to go on with");
    }
    return log;
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
