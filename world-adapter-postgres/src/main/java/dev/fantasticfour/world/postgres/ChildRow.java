package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code workflow_children}. */
record ChildRow(
    String runId,
    String childId,
    String childRunId,
    String workflow,
    String closePolicy,
    String status,
    Instant createdAt,
    @Nullable Instant completedAt) {

  ChildRecord toRecord() {
    return new ChildRecord(
        new RunId(runId),
        childId,
        new RunId(childRunId),
        workflow,
        ClosePolicy.ofWord(closePolicy),
        ChildStatus.ofWord(status),
        createdAt,
        completedAt);
  }
}
