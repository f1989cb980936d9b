package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code workflow_steps}. */
record StepRow(
    String runId,
    String stepId,
    String name,
    String branch,
    String status,
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
    int attempt,
    int failedAttempts,
    int lostAttempts,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable Instant retryAfter) {

  StepRecord toRecord() {
    return new StepRecord(
        new RunId(runId),
        stepId,
        name,
        branch,
        StepStatus.ofWord(status),
        StoredPayload.read(input, inputBytes, inputCodec),
        StoredPayload.read(output, outputBytes, outputCodec),
        StoredPayload.read(error, errorBytes, errorCodec),
        errorCode,
        attempt,
        failedAttempts,
        lostAttempts,
        createdAt,
        updatedAt,
        startedAt,
        completedAt,
        retryAfter);
  }
}
