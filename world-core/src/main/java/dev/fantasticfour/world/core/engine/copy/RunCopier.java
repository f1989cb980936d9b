package dev.fantasticfour.world.core.engine.copy;

import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.export.RunLogs;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has ended runs go on as others. Reads what there is, decides, and hands the whole log of the new
 * run to the store, which takes it or not; doing it again under the same operation id finds what
 * was done. Safe for any number of threads.
 */
public final class RunCopier {

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
  public Next retry(RunRecord run) {
    if (run.status() != RunStatus.FAILED && run.status() != RunStatus.CANCELLED) {
      throw invalid(
          "run "
              + run.id()
              + " cannot be retried: it "
              + (run.status().isFinal()
                  ? "has completed; run it again, or fork it from a step"
                  : "goes on; nudge it if it stands, or reset it"));
    }
    // A run is retried once: whoever asks for it again gets the one that goes on.
    RunId next = id(run.id(), "retry", "");
    if (storage.run(next).isPresent()) {
      return new Next(next, false);
    }
    List<Event> log = history(run.id());
    Cut.Place found = Cut.ofRetry(log, codec);
    long at = Cut.beforeLostChildren(log, found.at(), child -> isLost(log, child));
    Cut.Place cut = new Cut.Place(at, found.anew());
    NewLog made =
        new NewLog(next, log, true, cut)
            .createdBy((Fact.RunCreated) log.getFirst().fact(), true, clock.instant())
            .withWhatCameLater();
    hearOfChildren(run.id(), log, at, made);
    return new Next(begin(new RunCopy(next, made.events(), false, run.id(), null), run), true);
  }

  /** An ended run goes on from a step as another one. */
  public RunId fork(RunRecord run, String step, CopyOptions options) {
    if (!run.status().isFinal()) {
      throw invalid(
          "run " + run.id() + " cannot be forked: it has not ended; reset it to have both at once");
    }
    String operation = options.operationId();
    RunId next = operation == null ? ids.run() : id(run.id(), "fork " + step, operation);
    if (operation != null && storage.run(next).isPresent()) {
      return next;
    }
    List<Event> log = history(run.id());
    long cut = ofFork(run.id(), log, step, options);
    NewLog made =
        new NewLog(next, log, false, new Cut.Place(cut, null))
            .createdBy((Fact.RunCreated) log.getFirst().fact(), false, clock.instant());
    hearOfChildren(run.id(), log, cut, options.keepsSignals() ? made.withWhatCameLater() : made);
    return begin(new RunCopy(next, made.events(), false, null, null), run);
  }

  private long ofFork(RunId run, List<Event> log, String step, CopyOptions options) {
    long first = StepSearch.in(run, log, step, options).position();
    return Cut.beforeLostChildren(log, first, child -> isLost(log, child));
  }

  /**
   * Whether a run that goes on can be forked once it has ended, before it is ended for that.
   *
   * @throws WorldException as {@link #fork} does
   */
  public void requireFork(RunId run, String step, CopyOptions options) {
    List<Event> log = history(run);
    long cut = ofFork(run, log, step, options);
    requireEnded(run, Cut.openChildren(log, cut));
  }

  /** A log as that of a run of another identity, which has no run key. */
  public static RunCopy renamed(
      RunId run, List<Event> log, Instant now, RunCopy.@Nullable Held held) {
    List<Event> open = Cut.openChildren(log, log.size() + 1L);
    if (!open.isEmpty() && !log.getLast().type().endsRun()) {
      throw invalid(
          "run "
              + log.getFirst().run()
              + " cannot come under a new id: its child, run "
              + childOf(open.getFirst())
              + ", goes on and would be told of the wrong one; import it under its own id");
    }
    List<Event> its =
        new NewLog(run, log, false, new Cut.Place(log.size() + 1L, null))
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
      String about = Objects.requireNonNull(made.nameOf(begun));
      Optional<Event> heard = outcomeOf(begun, log);
      if (heard.isPresent()) {
        var unused = made.with(about, heard.get().occurredAt(), heard.get().fact());
      } else {
        requireEnded(run, List.of(begun));
        RunId child = childOf(begun);
        Event end = history(newest(child).id()).getLast();
        Fact outcome = Relay.outcome(child.value(), (RunFact) end.fact());
        var unused = made.with(about, end.occurredAt(), outcome);
      }
    }
  }

  /** What a log says of the end of a child that it says was begun. */
  private static Optional<Event> outcomeOf(Event begun, List<Event> log) {
    return log.stream()
        .filter(event -> Objects.equals(begun.correlationId(), event.correlationId()))
        .filter(
            event ->
                switch (event.fact()) {
                  case ChildFact.Completed f -> true;
                  case ChildFact.Failed f -> true;
                  case ChildFact.Cancelled f -> true;
                  default -> false;
                })
        .findFirst();
  }

  private void requireEnded(RunId run, List<Event> children) {
    for (Event begun : children) {
      RunRecord last = newest(childOf(begun));
      if (!last.status().isFinal()) {
        throw invalid(
            "run "
                + run
                + " cannot go on as another one while its child, run "
                + last.id()
                + ", goes on: wait until it has ended, or terminate it");
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

  /** Whether a child ended only because the run that started it had, which heard nothing of it. */
  private boolean isLost(List<Event> log, RunId child) {
    boolean isTold =
        log.stream()
            .anyMatch(
                event ->
                    event.fact() instanceof ChildFact.Created created
                        && created.childRun().equals(child.value())
                        && outcomeOf(event, log).isPresent());
    if (isTold) {
      return false;
    }
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
        .orElseThrow(
            () ->
                new WorldException(
                    ErrorCode.RUN_NOT_FOUND,
                    "there is no run " + run + ": it may have been deleted"));
  }

  /** The id of the run that an operation leads to; of about the age of the other one. */
  private static RunId id(RunId before, String verb, String operation) {
    String name = before.value();
    int random = name.length() - 16;
    String time =
        name.startsWith(RunId.PREFIX) && random == RunId.PREFIX.length() + 10
            ? name.substring(0, random)
            : RunId.PREFIX + "0".repeat(10);
    return new RunId(time + Fingerprint.of(name + " " + verb + " " + operation));
  }

  /** The whole log of a run, which this build has to be able to read. */
  public List<Event> history(RunId run) {
    Protocol.requireSupported(run.value(), known(run).specVersion());
    List<Event> log = RunLogs.read(storage, run);
    if (log.stream().anyMatch(event -> Erasure.isErased(event.fact()))) {
      throw invalid("run " + run + " was erased: what was said in it is not there to go on with");
    }
    return log;
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
