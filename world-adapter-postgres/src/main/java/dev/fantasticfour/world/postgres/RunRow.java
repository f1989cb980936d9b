package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.rules.LineageText;
import dev.fantasticfour.world.core.rules.PinText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code workflow_runs}. */
record RunRow(
    String runId,
    String status,
    String workflow,
    String deploymentId,
    int specVersion,
    String taskQueue,
    @Nullable String input,
    byte @Nullable [] inputBytes,
    @Nullable String inputCodec,
    @Nullable String output,
    byte @Nullable [] outputBytes,
    @Nullable String outputCodec,
    @Nullable String error,
    byte @Nullable [] errorBytes,
    @Nullable String errorCodec,
    @Nullable String errorCode,
    @Nullable String reason,
    @Nullable String runKey,
    @Nullable String inputHash,
    String attributes,
    @Nullable String executionContext,
    byte @Nullable [] executionContextBytes,
    @Nullable String executionContextCodec,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    long lastPosition,
    @Nullable String owner,
    long epoch,
    @Nullable Instant dueAt,
    int lostAttempts,
    @Nullable Instant stalledAt,
    @Nullable String lastStallCause,
    @Nullable String stalledReason,
    @Nullable Integer unreadSignals,
    @Nullable String pinnedBuild,
    @Nullable String lineage,
    @Nullable String continuedTo,
    @Nullable Instant heldAt,
    @Nullable String heldReason,
    @Nullable String heldBy) {

  RunRecord toRecord() {
    LineageText from = LineageText.read(lineage);
    return new RunRecord(
        new RunId(runId),
        RunStatus.ofWord(status),
        workflow,
        deploymentId,
        specVersion,
        taskQueue,
        StoredPayload.read(input, inputBytes, inputCodec),
        StoredPayload.read(output, outputBytes, outputCodec),
        StoredPayload.read(error, errorBytes, errorCodec),
        errorCode,
        reason,
        runKey,
        inputHash,
        AttributeJson.read(attributes),
        StoredPayload.read(executionContext, executionContextBytes, executionContextCodec),
        createdAt,
        updatedAt,
        startedAt,
        completedAt,
        lastPosition,
        owner,
        epoch,
        dueAt,
        lostAttempts,
        stalledAt,
        stalledAt == null || lastStallCause == null ? null : StallCause.ofWord(lastStallCause),
        stalledReason,
        unreadSignals == null ? 0 : unreadSignals,
        PinText.read(pinnedBuild),
        from.parent(),
        from.predecessor(),
        from.deadline(),
        continuedTo == null ? null : new RunId(continuedTo),
        from.origin(),
        heldAt == null ? null : new Hold(heldAt, heldReason, heldBy));
  }
}
