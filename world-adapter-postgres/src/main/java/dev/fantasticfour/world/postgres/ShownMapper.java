package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.UpdateStatus;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Reads of what runs show of themselves: states, changes, updates. */
interface ShownMapper {

  @Nullable StateRow state(@Param("run") String run, @Param("name") String name);

  List<StateRow> states(@Param("run") String run);

  List<ChangeRow> changesOfRun(@Param("run") String run);

  @Nullable UpdateRow update(@Param("run") String run, @Param("update") String update);

  List<UpdateRow> updates(@Param("run") String run, @Param("page") Keyset page);

  /** A row of {@code workflow_states}. */
  record StateRow(
      String runId,
      String name,
      @Nullable String value,
      byte @Nullable [] valueBytes,
      @Nullable String valueCodec,
      long position,
      Instant updatedAt) {

    StateRecord toRecord() {
      return new StateRecord(
          new RunId(runId),
          name,
          StoredPayload.read(value, valueBytes, valueCodec),
          position,
          updatedAt);
    }
  }

  /** A row of {@code workflow_changes}. */
  record ChangeRow(String runId, String changeId, boolean taken, long position) {

    ChangeRecord toRecord() {
      return new ChangeRecord(new RunId(runId), changeId, taken, position);
    }
  }

  /** A row of {@code workflow_updates}. */
  record UpdateRow(
      String runId,
      String updateId,
      String name,
      String status,
      @Nullable String request,
      byte @Nullable [] requestBytes,
      @Nullable String requestCodec,
      @Nullable String result,
      byte @Nullable [] resultBytes,
      @Nullable String resultCodec,
      @Nullable String error,
      byte @Nullable [] errorBytes,
      @Nullable String errorCodec,
      @Nullable String errorCode,
      Instant createdAt,
      @Nullable Instant acceptedAt,
      @Nullable Instant completedAt) {

    UpdateRecord toRecord() {
      return new UpdateRecord(
          new RunId(runId),
          updateId,
          name,
          UpdateStatus.ofWord(status),
          StoredPayload.read(request, requestBytes, requestCodec),
          StoredPayload.read(result, resultBytes, resultCodec),
          StoredPayload.read(error, errorBytes, errorCodec),
          errorCode,
          createdAt,
          acceptedAt,
          completedAt);
    }
  }
}
