package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.api.run.WaitStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code workflow_waits}. */
record WaitRow(
    String runId,
    String waitId,
    String name,
    String status,
    Instant resumeAt,
    Instant createdAt,
    @Nullable Instant completedAt) {

  WaitRecord toRecord() {
    return new WaitRecord(
        new RunId(runId),
        waitId,
        name,
        WaitStatus.ofWord(status),
        resumeAt,
        createdAt,
        completedAt);
  }
}
