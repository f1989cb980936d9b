package dev.fantasticfour.world.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the answer of append_v1: what became of a batch, or an event to report with it.
 *
 * @param oRow {@code appended}, {@code repeated}, {@code busy}, or the letter of a refusal (see
 *     {@code Reduction}; besides, {@code r} = run key taken, {@code z} = stale); for an event
 *     {@code own} or {@code other}
 * @param oMarks what became of each draft: {@code K}, {@code C}, {@code U} as in {@code Reduction},
 *     {@code x} = token taken
 */
record AppendRow(
    int oBatch,
    String oRow,
    @Nullable String oRun,
    @Nullable String oEntity,
    @Nullable String oOwner,
    @Nullable Long oEpoch,
    @Nullable String oQueue,
    @Nullable String oStatus,
    @Nullable String oExisting,
    @Nullable String oHash,
    @Nullable Long oWait,
    @Nullable Long oFirst,
    @Nullable Instant oAt,
    @Nullable String oMarks,
    String @Nullable [] oConflicts,
    @Nullable String runId,
    @Nullable Long position,
    @Nullable String type,
    @Nullable String correlationId,
    @Nullable Instant createdAt,
    @Nullable Instant occurredAt,
    @Nullable String batchId,
    @Nullable Long seen,
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

  /** The event in this row, which must hold one. */
  EventRow event() {
    return new EventRow(
        present(runId),
        present(position),
        present(type),
        correlationId,
        present(createdAt),
        present(occurredAt),
        present(batchId),
        present(seen),
        name,
        branch,
        siteIndex,
        attempt,
        worker,
        token,
        conflictingRunId,
        webhook,
        startedAt,
        retryAt,
        resumeAt,
        errorCode,
        reason,
        payload,
        payloadBytes,
        payloadCodec,
        workflow,
        deploymentId,
        specVersion,
        taskQueue,
        runKey,
        inputHash,
        attributes,
        executionContext,
        executionContextBytes,
        executionContextCodec);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("append_v1 left out a column");
    }
    return value;
  }
}
