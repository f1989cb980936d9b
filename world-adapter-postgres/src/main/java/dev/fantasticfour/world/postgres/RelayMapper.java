package dev.fantasticfour.world.postgres;

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

  /** Removes one that was moved. */
  int moved(@Param("target") String target, @Param("relay") String relay);

  /** A row of {@code workflow_relays}. */
  record RelayRow(
      String relayId,
      String targetRunId,
      String sourceRunId,
      String type,
      @Nullable String name,
      Instant occurredAt,
      @Nullable String payload,
      byte @Nullable [] payloadBytes,
      @Nullable String payloadCodec) {}
}
