package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a draft goes into the log: instants are cut to microseconds, because that is what every store
 * keeps; texts for people lose NUL and broken surrogates; what a run is created from stands in the
 * log of that run (2.5). What is answered is then what is read later (world-contract 1.2).
 */
public final class AsStored {

  private AsStored() {}

  /** The draft as it goes into the log. */
  public static Draft draft(Draft draft) {
    Instant occurredAt = cut(draft.occurredAt());
    Fact fact = fact(draft.fact());
    return occurredAt == draft.occurredAt() && fact == draft.fact()
        ? draft
        : new Draft(draft.correlationId(), occurredAt, fact);
  }

  /** The instant as every store keeps it. */
  public static Instant cut(Instant instant) {
    return instant.getNano() % 1_000 == 0 ? instant : instant.truncatedTo(ChronoUnit.MICROS);
  }

  private static @Nullable Instant cutIfAny(@Nullable Instant instant) {
    return instant == null ? null : cut(instant);
  }

  private static Fact completed(Fact.StepCompleted f) {
    Instant startedAt = cutIfAny(f.startedAt());
    return startedAt == f.startedAt()
        ? f
        : new Fact.StepCompleted(f.site(), f.attempt(), startedAt, f.result());
  }

  private static Fact fact(Fact fact) {
    return switch (fact) {
      case Fact.RunStarted f -> f.creation() == null ? f : new Fact.RunStarted(null);
      case Fact.RunFailed f ->
          new Fact.RunFailed(f.error(), StorableText.of(f.errorCode()), f.unread());
      case Fact.RunCancelled f -> new Fact.RunCancelled(StorableText.of(f.reason()), f.unread());
      case Fact.RunTerminated f -> new Fact.RunTerminated(StorableText.of(f.reason()));
      case Fact.CancelRequested f -> new Fact.CancelRequested(StorableText.of(f.reason()));
      case Fact.StepStarted f ->
          new Fact.StepStarted(
              f.site(), f.attempt(), StorableText.of(f.worker()), cutIfAny(f.startedAt()));
      case Fact.StepRetrying f ->
          new Fact.StepRetrying(f.site(), f.attempt(), f.error(), cutIfAny(f.retryAt()));
      case Fact.StepCompleted f -> completed(f);
      case Fact.StepFailed f ->
          new Fact.StepFailed(
              f.site(),
              f.attempt(),
              cutIfAny(f.startedAt()),
              f.error(),
              StorableText.of(f.errorCode()));
      case Fact.WaitCreated f -> new Fact.WaitCreated(f.site(), cut(f.resumeAt()));
      case Fact.RunCreated f -> f;
      case Fact.RunCompleted f -> f;
      case RunFact.Deferred f -> new RunFact.Deferred(cut(f.notBefore()));
      case RunFact.Continued f ->
          f.birth() == null ? f : new RunFact.Continued(f.nextRun(), f.carried());
      case RunFact.SignalReceived f -> f;
      case RunFact.StatePublished f -> f;
      case RunFact.AttributesSet f -> f;
      case RunFact.ChangeMarked f -> f;
      case Fact.StepCreated f -> f;
      case Fact.StepCancelled f -> f;
      case HookFact f -> f;
      case Fact.WaitCompleted f -> f;
      case Fact.WaitCancelled f -> f;
      case ChildFact.Failed f ->
          new ChildFact.Failed(f.childRun(), f.error(), StorableText.of(f.errorCode()));
      case ChildFact.Cancelled f ->
          new ChildFact.Cancelled(f.childRun(), StorableText.of(f.reason()), f.terminated());
      case ChildFact.CancelRequested f ->
          new ChildFact.CancelRequested(StorableText.of(f.reason()));
      case ChildFact.Created f ->
          f.birth() == null
              ? f
              : new ChildFact.Created(
                  f.site(), f.childRun(), f.workflow(), f.closePolicy(), f.application());
      case ChildFact f -> f;
      case SendFact f -> f;
      case PermitFact.Revoked f -> new PermitFact.Revoked(StorableText.of(f.reason()));
      case PermitFact f -> f;
      case UpdateFact.Rejected f ->
          new UpdateFact.Rejected(f.error(), StorableText.of(f.errorCode()));
      case UpdateFact.Failed f -> new UpdateFact.Failed(f.error(), StorableText.of(f.errorCode()));
      case UpdateFact f -> f;
    };
  }
}
