package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code workflow_hooks}: a live hook. */
record HookRow(
    String runId,
    String hookId,
    String name,
    String token,
    @Nullable String metadata,
    byte @Nullable [] metadataBytes,
    @Nullable String metadataCodec,
    @Nullable Boolean webhook,
    Instant createdAt) {

  HookRecord toRecord() {
    return new HookRecord(
        new RunId(runId),
        hookId,
        name,
        token,
        StoredPayload.read(metadata, metadataBytes, metadataCodec),
        webhook,
        createdAt);
  }
}
