package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one batch of an execution that may be in flight, what its answer means, and what the store
 * has been told of when to look at the run. For one thread at a time.
 */
final class OwnerBatch {

  private final Effects effects;
  private final RunId run;
  private final long epoch;
  private final Consumer<Signal> inbox;
  private @Nullable Batch inFlight;
  private Due storedDue = Due.NOW;
  private boolean mayHaveOwed;

  /**
   * @param inbox where the store's answers go
   */
  OwnerBatch(Effects effects, RunId run, long epoch, Consumer<Signal> inbox) {
    this.effects = effects;
    this.run = run;
    this.epoch = epoch;
    this.inbox = inbox;
  }

  /**
   * What the answer to a batch, or that there is none, means for the execution: whether it goes on,
   * how it ends, or why the run has to stand. For that it does not matter which of many reasons the
   * store had to refuse the batch, but it does why there was no answer.
   */
  sealed interface Resolution {

    /** It is in the log. */
    record Committed(List<Event> own, List<Event> unseen) implements Resolution {}

    /** Events that it was decided without have come before it; nothing of it is in the log. */
    record Overtaken(List<Draft> drafts, List<Event> missing) implements Resolution {}

    /** Somebody has ended the run. */
    record RunOver() implements Resolution {}

    /** This worker does not own the run any more, or is over itself. */
    record NotOurs() implements Resolution {}

    /** It cannot be appended. */
    record Impossible(Standstill standstill) implements Resolution {}
  }

  boolean isInFlight() {
    return inFlight != null;
  }

  /** Appends what the owner says, who has been told of everything up to {@code seen}. */
  void append(List<Draft> drafts, long seen, Due due) {
    append(drafts, new Authority.Owner(effects.worker(), epoch, seen, due));
  }

  /** Ends the run, whatever signals have come that it was not told of. */
  void endOverSignals(List<Draft> drafts, long seen, Due due) {
    append(drafts, new Authority.Owner(effects.worker(), epoch, seen, due, true));
  }

  private void append(List<Draft> drafts, Authority.Owner owner) {
    Batch batch = new Batch(effects.batchId(), new Target.OfRun(run), owner, null, drafts);
    inFlight = batch;
    effects
        .append(batch)
        .whenComplete((result, failure) -> inbox.accept(new Signal.Answered(result, failure)));
  }

  /** The store has answered, or never will. */
  Resolution take(Signal.Answered answered) {
    Batch batch = inFlight;
    inFlight = null;
    AppendResult result = answered.result();
    if (batch == null || result == null) {
      return unanswered(answered.failure());
    }
    return switch (result) {
      case AppendResult.InLog r -> committed(batch, r.events(), r.unseen());
      case AppendResult.Stale r -> new Resolution.Overtaken(batch.drafts(), r.missing());
      case AppendResult.Fenced r -> new Resolution.NotOurs();
      case AppendResult.Closed r -> new Resolution.RunOver();
      case AppendResult.Conflict r -> refused(batch, r);
      case AppendResult.NotFound r -> refused(batch, r);
      case AppendResult.TooEarly r -> refused(batch, r);
      case AppendResult.Busy r ->
          new Resolution.Impossible(
              Standstill.ofError("the store answered Busy to a single batch"));
    };
  }

  /** Something was appended by others, which makes the run due at once. */
  void othersAppended() {
    storedDue = Due.NOW;
  }

  /**
   * The run owes nothing to others any more. While it did the store had it due at once, whatever it
   * was told.
   */
  void relieved() {
    storedDue = Due.NOW;
    mayHaveOwed = inFlight != null;
  }

  /**
   * Has the store look at the run then.
   *
   * @return whether the run is still owned here
   */
  boolean reschedule(long seen, Due due) {
    if (due.equals(storedDue)) {
      return true;
    }
    boolean isOurs = effects.reschedule(seen, due);
    if (isOurs) {
      storedDue = due;
    }
    return isOurs;
  }

  private Resolution committed(Batch batch, List<Event> own, List<Event> unseen) {
    storedDue =
        unseen.isEmpty() && !mayHaveOwed && batch.authority() instanceof Authority.Owner owner
            ? owner.due()
            : Due.NOW;
    mayHaveOwed = false;
    return new Resolution.Committed(own, unseen);
  }

  private Resolution unanswered(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    // Whoever closes what it is appended with ends nobody's run.
    boolean closed = cause instanceof WorldException e && e.code() == ErrorCode.CLOSED;
    return cause == null || closed || effects.isClosing()
        ? new Resolution.NotOurs()
        : new Resolution.Impossible(failed(cause));
  }

  private static Resolution refused(Batch batch, AppendResult answer) {
    return new Resolution.Impossible(
        Standstill.ofCode("the store refused " + batch.id() + ": " + answer));
  }

  /** What no store would take comes of the code; of all else it is the store that failed. */
  private static Standstill failed(Throwable failure) {
    String reason = "an append failed: " + failure.getMessage();
    return failure instanceof WorldException e && e.code() == ErrorCode.INVALID_ARGUMENT
        ? Standstill.ofCode(reason)
        : Standstill.ofError(reason);
  }
}
