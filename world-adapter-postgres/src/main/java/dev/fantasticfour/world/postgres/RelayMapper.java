package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactReading;
import dev.fantasticfour.world.core.rules.Relay;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** What runs owe to each other. */
interface RelayMapper {

  /** The first that wait for a run, in order. */
  List<RelayRow> waiting(@Param("target") String target, @Param("limit") int limit);

  /** To which runs a run owes any. */
  List<String> owed(@Param("source") String source, @Param("limit") int limit);

  /** Removes those that were moved. */
  int moved(@Param("target") String target, @Param("relays") String[] relays);

  /** All that waits for a run waits for another one now. */
  int forward(@Param("target") String target, @Param("to") String to);

  /** A row of {@code workflow_relays}. */
  record RelayRow(
      String relayId,
      String targetRunId,
      String sourceRunId,
      String type,
      @Nullable String correlationId,
      @Nullable String name,
      @Nullable String otherRunId,
      @Nullable Boolean flag,
      @Nullable String errorCode,
      @Nullable String reason,
      Instant occurredAt,
      @Nullable String payload,
      byte @Nullable [] payloadBytes,
      @Nullable String payloadCodec) {

    Relay toRelay() {
      FactColumns columns =
          new FactColumns(
              null,
              name,
              null,
              errorCode == null ? reason : errorCode,
              null,
              null,
              otherRunId,
              flag,
              null,
              StoredPayload.read(payload, payloadBytes, payloadCodec),
              null);
      return new Relay(
          relayId,
          new RunId(targetRunId),
          new RunId(sourceRunId),
          new Draft(correlationId, occurredAt, FactReading.fact(EventType.ofWord(type), columns)));
    }
  }
}
