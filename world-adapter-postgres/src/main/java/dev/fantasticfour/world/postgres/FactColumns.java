package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a fact says besides its site, in the columns that several kinds of facts share.
 *
 * @param text error code or reason
 * @param time when an attempt began, when the next may, or when a wait is due
 */
record FactColumns(
    @Nullable Integer attempt,
    @Nullable String text,
    @Nullable String worker,
    @Nullable String token,
    @Nullable Boolean webhook,
    @Nullable Instant time,
    @Nullable Payload payload) {

  private static final FactColumns NONE = new FactColumns(null, null, null, null, null, null, null);

  static FactColumns of(Fact fact) {
    return switch (fact) {
      // Kept with the run.
      case Fact.RunCreated f -> NONE;
      case Fact.RunStarted f -> NONE;
      case Fact.RunCompleted f -> payload(f.output());
      case Fact.RunFailed f ->
          new FactColumns(null, f.errorCode(), null, null, null, null, f.error());
      case Fact.RunCancelled f -> text(f.reason());
      case Fact.RunTerminated f -> text(f.reason());
      case Fact.CancelRequested f -> text(f.reason());
      case Fact.StepCreated f -> payload(f.input());
      case Fact.StepStarted f ->
          new FactColumns(f.attempt(), null, f.worker(), null, null, null, null);
      case Fact.StepRetrying f ->
          new FactColumns(f.attempt(), null, null, null, null, f.retryAt(), f.error());
      case Fact.StepCompleted f ->
          new FactColumns(f.attempt(), null, null, null, null, f.startedAt(), f.result());
      case Fact.StepFailed f ->
          new FactColumns(f.attempt(), f.errorCode(), null, null, null, f.startedAt(), f.error());
      case Fact.StepCancelled f -> NONE;
      case Fact.HookCreated f ->
          new FactColumns(null, null, null, f.token(), f.webhook(), null, f.metadata());
      case Fact.HookReceived f -> payload(f.payload());
      case Fact.HookDisposed f -> NONE;
      case Fact.HookConflict f -> NONE;
      case Fact.WaitCreated f -> new FactColumns(null, null, null, null, null, f.resumeAt(), null);
      case Fact.WaitCompleted f -> NONE;
      case Fact.WaitCancelled f -> NONE;
    };
  }

  private static FactColumns payload(@Nullable Payload payload) {
    return new FactColumns(null, null, null, null, null, null, payload);
  }

  private static FactColumns text(@Nullable String text) {
    return new FactColumns(null, text, null, null, null, null, null);
  }
}
