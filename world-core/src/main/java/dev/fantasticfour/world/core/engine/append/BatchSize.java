package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
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
      case Fact.RunCancelled f -> 0;
      case Fact.RunTerminated f -> 0;
      case Fact.CancelRequested f -> 0;
      case Fact.StepStarted f -> 0;
      case Fact.StepCancelled f -> 0;
      case Fact.HookDisposed f -> 0;
      case Fact.HookConflict f -> 0;
      case Fact.WaitCreated f -> 0;
      case Fact.WaitCompleted f -> 0;
      case Fact.WaitCancelled f -> 0;
    };
  }

  private static long of(@Nullable Payload payload) {
    return payload == null ? 0 : payload.size();
  }
}
