package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** Looks at runs in the store. */
final class RunReads {

  private final Storage storage;
  private final PayloadCodec codec;
  private final int historyWarning;

  RunReads(Storage storage, PayloadCodec codec, int historyWarning) {
    this.storage = storage;
    this.codec = codec;
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

  /** What a run is doing, by one read. */
  RunView view(RunId id) {
    RunRecord run = storage.run(id).orElseThrow(() -> notFound(id));
    boolean tooLong = run.lastPosition() > historyWarning;
    return switch (run.status()) {
      case COMPLETED -> new RunView.Completed(run, tooLong, run.output());
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

  void requireKnown(RunId run) {
    if (storage.run(run).isEmpty()) {
      throw notFound(run);
    }
  }

  private static RunView goingOn(RunRecord run, boolean tooLong, RunView otherwise) {
    Instant since = run.stalledAt();
    String reason = run.stalledReason();
    return since == null
        ? otherwise
        : new RunView.Stalled(run, tooLong, reason == null ? "unknown" : reason, since);
  }

  private static RunView executing(RunRecord run, boolean tooLong) {
    Instant due = run.dueAt();
    return Instant.MIN.equals(due)
        ? new RunView.Running(run, tooLong)
        : new RunView.Waiting(run, tooLong, Optional.ofNullable(due));
  }
}
