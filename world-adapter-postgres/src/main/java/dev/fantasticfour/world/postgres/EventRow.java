package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.EventIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code workflow_events}; with {@code run_created} comes what its run was created from.
 */
record EventRow(
    String runId,
    long position,
    String type,
    @Nullable String correlationId,
    Instant createdAt,
    Instant occurredAt,
    String batchId,
    long seen,
    @Nullable String name,
    @Nullable String branch,
    @Nullable Integer siteIndex,
    @Nullable Integer attempt,
    @Nullable String worker,
    @Nullable String token,
    @Nullable String conflictingRunId,
    @Nullable Boolean webhook,
    @Nullable Instant startedAt,
    @Nullable Instant retryAt,
    @Nullable Instant resumeAt,
    @Nullable String errorCode,
    @Nullable String reason,
    @Nullable String payload,
    byte @Nullable [] payloadBytes,
    @Nullable String payloadCodec,
    @Nullable String workflow,
    @Nullable String deploymentId,
    @Nullable Integer specVersion,
    @Nullable String taskQueue,
    @Nullable String runKey,
    @Nullable String inputHash,
    @Nullable String attributes,
    @Nullable String executionContext,
    byte @Nullable [] executionContextBytes,
    @Nullable String executionContextCodec) {

  Event toEvent() {
    RunId run = new RunId(runId);
    return new Event(
        run,
        position,
        EventIds.of(run, position, createdAt),
        createdAt,
        occurredAt,
        correlationId,
        batchId,
        seen,
        fact());
  }

  private Fact fact() {
    return switch (EventType.ofWord(type)) {
      case RUN_CREATED -> created();
      case RUN_STARTED -> new Fact.RunStarted(null);
      case RUN_COMPLETED -> new Fact.RunCompleted(stored());
      case RUN_FAILED -> new Fact.RunFailed(present("payload", stored()), errorCode);
      case RUN_CANCELLED -> new Fact.RunCancelled(reason);
      case RUN_TERMINATED -> new Fact.RunTerminated(reason);
      case CANCEL_REQUESTED -> new Fact.CancelRequested(reason);
      case STEP_CREATED -> new Fact.StepCreated(present("name", site()), stored());
      case STEP_STARTED -> new Fact.StepStarted(site(), attempts(), worker);
      case STEP_RETRYING ->
          new Fact.StepRetrying(site(), attempts(), present("payload", stored()), retryAt);
      case STEP_COMPLETED -> new Fact.StepCompleted(site(), attempts(), startedAt, stored());
      case STEP_FAILED ->
          new Fact.StepFailed(
              site(), attempts(), startedAt, present("payload", stored()), errorCode);
      case STEP_CANCELLED -> new Fact.StepCancelled(site());
      case HOOK_CREATED -> new Fact.HookCreated(site(), present("token", token), stored(), webhook);
      case HOOK_RECEIVED -> new Fact.HookReceived(stored());
      case HOOK_DISPOSED -> new Fact.HookDisposed();
      case HOOK_CONFLICT ->
          new Fact.HookConflict(
              site(), present("token", token), present("conflicting_run_id", conflictingRunId));
      case WAIT_CREATED -> new Fact.WaitCreated(site(), present("resume_at", resumeAt));
      case WAIT_COMPLETED -> new Fact.WaitCompleted();
      case WAIT_CANCELLED -> new Fact.WaitCancelled();
    };
  }

  private Fact created() {
    return new Fact.RunCreated(
        present("workflow", workflow),
        present("deployment_id", deploymentId),
        present("spec_version", specVersion),
        present("task_queue", taskQueue),
        stored(),
        runKey,
        inputHash,
        Attributes.read(present("attributes", attributes)),
        StoredPayload.read(executionContext, executionContextBytes, executionContextCodec));
  }

  private @Nullable Payload stored() {
    return StoredPayload.read(payload, payloadBytes, payloadCodec);
  }

  private @Nullable Site site() {
    return name == null
        ? null
        : new Site(
            name, branch == null ? "" : branch, siteIndex == null ? Site.UNKNOWN : siteIndex);
  }

  private int attempts() {
    return attempt == null ? 0 : attempt;
  }

  private <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(
          "event " + position + " of run " + runId + ", " + type + ", has no " + column);
    }
    return value;
  }
}
