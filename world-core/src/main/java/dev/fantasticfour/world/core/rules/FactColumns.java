package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact as the few columns that all kinds of facts share, for stores with rows. {@link #fact} is
 * the way back. What a run was created from is left out: it belongs to the row of the run.
 *
 * @param attempt null for facts that name none
 * @param text error code or reason
 * @param time when an attempt began, when the next may, or when a wait is due
 * @param payload input, output, result, metadata or error
 */
public record FactColumns(
    @Nullable Site site,
    @Nullable Integer attempt,
    @Nullable String text,
    @Nullable String worker,
    @Nullable String token,
    @Nullable String conflictingRun,
    @Nullable Boolean webhook,
    @Nullable Instant time,
    @Nullable Payload payload) {

  private static final FactColumns NONE =
      new FactColumns(null, null, null, null, null, null, null, null, null);

  /** The columns of a fact; of {@code run_created} none. */
  public static FactColumns of(Fact fact) {
    return switch (fact) {
      case Fact.RunCreated f -> NONE;
      case Fact.RunStarted f -> NONE;
      case Fact.RunCompleted f -> payload(f.output());
      case Fact.RunFailed f -> payload(f.error()).withText(f.errorCode());
      case Fact.RunCancelled f -> NONE.withText(f.reason());
      case Fact.RunTerminated f -> NONE.withText(f.reason());
      case Fact.CancelRequested f -> NONE.withText(f.reason());
      case Fact.StepCreated f -> payload(f.input()).at(f.site());
      case Fact.StepStarted f -> attempt(f.site(), f.attempt(), f.worker(), f.startedAt(), null);
      case Fact.StepRetrying f -> attempt(f.site(), f.attempt(), null, f.retryAt(), f.error());
      case Fact.StepCompleted f -> attempt(f.site(), f.attempt(), null, f.startedAt(), f.result());
      case Fact.StepFailed f ->
          attempt(f.site(), f.attempt(), null, f.startedAt(), f.error()).withText(f.errorCode());
      case Fact.StepCancelled f -> NONE.at(f.site());
      case Fact.HookCreated f ->
          new FactColumns(
              f.site(), null, null, null, f.token(), null, f.webhook(), null, f.metadata());
      case Fact.HookReceived f -> payload(f.payload());
      case Fact.HookDisposed f -> NONE;
      case Fact.HookConflict f ->
          new FactColumns(
              f.site(), null, null, null, f.token(), f.conflictingRun(), null, null, null);
      case Fact.WaitCreated f ->
          new FactColumns(f.site(), null, null, null, null, null, null, f.resumeAt(), null);
      case Fact.WaitCompleted f -> NONE;
      case Fact.WaitCancelled f -> NONE;
    };
  }

  /**
   * The fact that has these columns.
   *
   * @param type any but {@code run_created}
   * @throws IllegalStateException when a column is null that the type needs
   */
  public Fact fact(EventType type) {
    return switch (type) {
      case RUN_CREATED -> throw new IllegalArgumentException("run_created has no columns here");
      case RUN_STARTED -> new Fact.RunStarted(null);
      case RUN_COMPLETED -> new Fact.RunCompleted(payload);
      case RUN_FAILED -> new Fact.RunFailed(present(type, "payload", payload), text);
      case RUN_CANCELLED -> new Fact.RunCancelled(text);
      case RUN_TERMINATED -> new Fact.RunTerminated(text);
      case CANCEL_REQUESTED -> new Fact.CancelRequested(text);
      case STEP_CREATED -> new Fact.StepCreated(present(type, "site", site), payload);
      case STEP_STARTED -> new Fact.StepStarted(site, attempts(), worker, time);
      case STEP_RETRYING ->
          new Fact.StepRetrying(site, attempts(), present(type, "payload", payload), time);
      case STEP_COMPLETED -> new Fact.StepCompleted(site, attempts(), time, payload);
      case STEP_FAILED ->
          new Fact.StepFailed(site, attempts(), time, present(type, "payload", payload), text);
      case STEP_CANCELLED -> new Fact.StepCancelled(site);
      case HOOK_CREATED ->
          new Fact.HookCreated(site, present(type, "token", token), payload, webhook);
      case HOOK_RECEIVED -> new Fact.HookReceived(payload);
      case HOOK_DISPOSED -> new Fact.HookDisposed();
      case HOOK_CONFLICT ->
          new Fact.HookConflict(
              site,
              present(type, "token", token),
              present(type, "conflicting run", conflictingRun));
      case WAIT_CREATED -> new Fact.WaitCreated(site, present(type, "time", time));
      case WAIT_COMPLETED -> new Fact.WaitCompleted();
      case WAIT_CANCELLED -> new Fact.WaitCancelled();
    };
  }

  private static FactColumns payload(@Nullable Payload payload) {
    return new FactColumns(null, null, null, null, null, null, null, null, payload);
  }

  private static FactColumns attempt(
      @Nullable Site site,
      int attempt,
      @Nullable String worker,
      @Nullable Instant time,
      @Nullable Payload payload) {
    return new FactColumns(site, attempt, null, worker, null, null, null, time, payload);
  }

  private FactColumns withText(@Nullable String newText) {
    return new FactColumns(
        site, attempt, newText, worker, token, conflictingRun, webhook, time, payload);
  }

  private FactColumns at(@Nullable Site newSite) {
    return new FactColumns(
        newSite, attempt, text, worker, token, conflictingRun, webhook, time, payload);
  }

  private int attempts() {
    return attempt == null ? 0 : attempt;
  }

  private static <T> T present(EventType type, String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(type.word() + " without " + column);
    }
    return value;
  }
}
