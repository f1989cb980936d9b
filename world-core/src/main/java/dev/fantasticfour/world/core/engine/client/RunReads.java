package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Looks at runs in the store. */
final class RunReads {

  /** A lost worker is replaced within 15 seconds; who waits longer waits for something else. */
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(15);

  private final Storage storage;
  private final PayloadCodec codec;
  private final InstantSource clock;
  private final int historyWarning;

  RunReads(Storage storage, PayloadCodec codec, InstantSource clock, int historyWarning) {
    this.storage = storage;
    this.codec = codec;
    this.clock = clock;
    this.historyWarning = historyWarning;
  }

  static WorldException notFound(RunId run) {
    return new WorldException(
        ErrorCode.RUN_NOT_FOUND,
        "there is no run '"
            + run
            + "' in this store: check the id, and that this world uses the store it was started"
            + " in");
  }

  /** What a run is doing, by one read, and by another one when it was not heard of for long. */
  RunView view(RunId id) {
    RunRecord run = storage.run(id).orElseThrow(() -> notFound(id));
    boolean tooLong = run.lastPosition() > historyWarning;
    return switch (run.status()) {
      case COMPLETED ->
          run.continuedTo() == null
              ? new RunView.Completed(run, tooLong, run.output())
              : new RunView.Continued(run, tooLong, run.continuedTo());
      case FAILED -> new RunView.Failed(run, tooLong, codec.decodeFailure(run.error()));
      case CANCELLED -> new RunView.Cancelled(run, tooLong, run.reason());
      case PENDING -> goingOn(run, tooLong, new RunView.Pending(run, tooLong));
      case RUNNING -> goingOn(run, tooLong, executing(run, tooLong));
    };
  }

  /** A page of something that belongs to a run; an unknown run is an error, not an empty page. */
  <T> Page<T> page(
      String runId, PageRequest request, BiFunction<RunId, PageRequest, Page<T>> list) {
    RunId run = new RunId(runId);
    Page<T> page = list.apply(run, request);
    if (page.items().isEmpty() && request.cursor() == null) {
      requireKnown(run);
    }
    return page;
  }

  /** What became of an update; null while it has no answer. */
  @Nullable UpdateAnswer answer(UpdateAnswer.Key update) {
    return UpdateAnswer.find(storage, update).answer();
  }

  /** The run that has a run key. */
  RunId holder(String workflow, String runKey) {
    return storage
        .runByKey(workflow, runKey)
        .map(RunRecord::id)
        .orElseThrow(
            () ->
                new WorldException(
                    ErrorCode.RUN_NOT_FOUND,
                    "no run of workflow '" + workflow + "' has run key '" + runKey + "'"));
  }

  void requireKnown(RunId run) {
    if (storage.run(run).isEmpty()) {
      throw notFound(run);
    }
  }

  /** What it takes for a run to be executed. */
  static String whoCanTake(RunRecord run) {
    return "it needs a worker that is started (World.start()), belongs to application '"
        + run.taskQueue()
        + "', registers workflow '"
        + run.workflow()
        + "' and has a free place"
        + (run.pin() instanceof Pin.To to
            ? "; it is pinned to build '"
                + to.build()
                + "', so that no other takes it: start one of that build, or pin the run to another"
                + " (`world runs repin`)"
            : "");
  }

  private RunView goingOn(RunRecord run, boolean tooLong, RunView otherwise) {
    Hold hold = run.hold();
    if (hold != null) {
      return new RunView.Paused(run, tooLong, hold);
    }
    Instant stalled = run.stalledAt();
    if (stalled != null) {
      return standing(run, tooLong, stalled);
    }
    Instant due = dueSince(run);
    if (due == null || due.plus(TAKEN_WITHIN).isAfter(clock.instant())) {
      return otherwise;
    }
    String owner = run.owner();
    if (owner == null) {
      return new RunView.Unattended(run, tooLong, due, whoCanTake(run));
    }
    // Asked only of a run that was not heard of for long: a body may just take its time.
    WorkerId worker = new WorkerId(owner);
    return storage.living(Set.of(worker)).isEmpty()
        ? new RunView.Unattended(
            run,
            tooLong,
            due,
            "its worker "
                + owner
                + " does not live, and none has taken its place: "
                + whoCanTake(run))
        : otherwise;
  }

  private static RunView standing(RunRecord run, boolean tooLong, Instant since) {
    StallCause cause = run.stalledCause() == null ? StallCause.ERROR : run.stalledCause();
    String reason = run.stalledReason() == null ? "unknown" : run.stalledReason();
    return new RunView.Stalled(run, tooLong, cause, reason, since, whatHelps(cause, run.pin()));
  }

  private static String whatHelps(StallCause cause, Pin pin) {
    if (cause == StallCause.CODE && pin instanceof Pin.To to) {
      return "it is pinned to build '"
          + to.build()
          + "', whose code does not fit its history: pin it to one whose code does, or to none"
          + " (`world runs repin`)";
    }
    return switch (cause) {
      case CODE ->
          "workers of another build try it when they start, and again after a pause: put the code"
              + " right and start workers with it; the build that let it stand tries it only when"
              + " it is nudged";
      case WORKERS_LOST ->
          "workers try it again after pauses that grow to an hour: find out what brings them down"
              + " (memory, a native crash, a step that exits) and mend that; a nudge has it tried"
              + " at once";
      case ERROR ->
          "workers try it again after pauses that grow to five minutes: mend what the reason names;"
              + " a nudge has it tried at once";
    };
  }

  /** Since when a run could be executed without having been heard of, or null. */
  private @Nullable Instant dueSince(RunRecord run) {
    Instant due = run.dueAt();
    if (due == null || due.isAfter(clock.instant())) {
      return null;
    }
    return due.isAfter(run.updatedAt()) ? due : run.updatedAt();
  }

  private static RunView executing(RunRecord run, boolean tooLong) {
    Instant due = run.dueAt();
    return Instant.MIN.equals(due)
        ? new RunView.Running(run, tooLong)
        : new RunView.Waiting(run, tooLong, Optional.ofNullable(due));
  }
}
