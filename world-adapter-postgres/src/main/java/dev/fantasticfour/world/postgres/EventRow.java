package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.EventIds;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactDetails;
import dev.fantasticfour.world.core.rules.FactReading;
import dev.fantasticfour.world.core.rules.LineageText;
import dev.fantasticfour.world.core.rules.PinText;
import java.time.Instant;
import java.util.Map;
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
    @Nullable String otherRunId,
    @Nullable Boolean flag,
    @Nullable Instant startedAt,
    @Nullable Instant retryAt,
    @Nullable Instant resumeAt,
    @Nullable String errorCode,
    @Nullable String reason,
    @Nullable String details,
    @Nullable String payload,
    byte @Nullable [] payloadBytes,
    @Nullable String payloadCodec,
    @Nullable String workflow,
    @Nullable String deploymentId,
    @Nullable Integer specVersion,
    @Nullable String taskQueue,
    @Nullable String runKey,
    @Nullable String inputHash,
    @Nullable String executionContext,
    byte @Nullable [] executionContextBytes,
    @Nullable String executionContextCodec,
    @Nullable String pin,
    @Nullable String lineage) {

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
    EventType kind = EventType.ofWord(type);
    return kind == EventType.RUN_CREATED ? created() : FactReading.fact(kind, columns());
  }

  private FactColumns columns() {
    Instant time = startedAt == null ? (retryAt == null ? resumeAt : retryAt) : startedAt;
    return new FactColumns(
        site(),
        name,
        attempt,
        errorCode == null ? reason : errorCode,
        worker,
        token,
        otherRunId,
        flag,
        time,
        stored(),
        details == null ? null : FactDetails.ofJson(details));
  }

  private Fact created() {
    LineageText from = LineageText.read(lineage);
    return new Fact.RunCreated(
        present("workflow", workflow),
        present("deployment_id", deploymentId),
        present("spec_version", specVersion),
        present("task_queue", taskQueue),
        stored(),
        runKey,
        inputHash,
        details == null ? Map.of() : AttributeJson.read(details),
        StoredPayload.read(executionContext, executionContextBytes, executionContextCodec),
        PinText.read(pin),
        from.parent(),
        from.predecessor(),
        from.deadline(),
        from.origin());
  }

  private @Nullable Payload stored() {
    return StoredPayload.read(payload, payloadBytes, payloadCodec);
  }

  private @Nullable Site site() {
    return name == null || branch == null
        ? null
        : new Site(name, branch, siteIndex == null ? Site.UNKNOWN : siteIndex);
  }

  private <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(
          "event " + position + " of run " + runId + ", " + type + ", has no " + column);
    }
    return value;
  }
}
