package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeLimits;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.StepFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.event.WaitFact;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import org.jspecify.annotations.Nullable;

/** Roughly how many bytes a batch puts on the wire. */
final class BatchSize {

  /** What a draft weighs besides its payloads. */
  private static final long DRAFT = 200;

  private BatchSize() {}

  static long of(Batch batch) {
    long bytes = 0;
    for (Draft draft : batch.drafts()) {
      bytes += DRAFT + of(draft.fact());
    }
    return bytes;
  }

  private static long of(Fact fact) {
    return switch (fact) {
      case Fact.RunCreated f -> of(f.input()) + of(f.executionContext());
      case Fact.RunStarted f -> f.creation() == null ? 0 : of(f.creation());
      case Fact.RunCompleted f -> of(f.output());
      case Fact.RunFailed f -> of(f.error());
      case Fact.StepCreated f -> of(f.input());
      case Fact.StepRetrying f -> of(f.error());
      case Fact.StepCompleted f -> of(f.result());
      case Fact.StepFailed f -> of(f.error());
      case Fact.HookCreated f -> of(f.metadata());
      case Fact.HookReceived f -> of(f.payload());
      case RunFact.SignalReceived f -> of(f.payload());
      case RunFact.StatePublished f -> of(f.value());
      case RunFact.AttributesSet f -> AttributeLimits.MAX_BYTES;
      case RunFact f -> 0;
      case StepFact f -> 0;
      case HookFact.Carried f -> of(f.metadata());
      case HookFact f -> 0;
      case WaitFact f -> 0;
      case ChildFact.Completed f -> of(f.result());
      case ChildFact.Failed f -> of(f.error());
      case ChildFact f -> 0;
      case SendFact.SignalSent f -> of(f.payload());
      case PermitFact f -> 0;
      case UpdateFact.Requested f -> of(f.request());
      case UpdateFact.Rejected f -> of(f.error());
      case UpdateFact.Completed f -> of(f.result());
      case UpdateFact.Failed f -> of(f.error());
      case UpdateFact.Accepted f -> 0;
    };
  }

  private static long of(@Nullable Payload payload) {
    return payload == null ? 0 : payload.size();
  }
}
