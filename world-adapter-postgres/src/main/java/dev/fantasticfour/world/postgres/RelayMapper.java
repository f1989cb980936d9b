package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.EventIds;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactReading;
import dev.fantasticfour.world.core.rules.Relay;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** What runs owe to each other. */
interface RelayMapper {

  /**
   * Moves what waits for runs, as far as it is as supposed. What it takes and returns is described
   * where relay_v1 is created.
   */
  Cursor<MovedRow> relay(
      @Param("offset") String offset,
      @Param("targets") String[] targets,
      @Param("limit") int limit,
      @Param("most") long most,
      @Param("supposed") SupposedRelays supposed);

  /** The first that wait for a run, in order. */
  List<RelayRow> waiting(@Param("target") String target, @Param("limit") int limit);

  /** To which runs a run owes any. */
  List<String> owed(@Param("source") String source, @Param("limit") int limit);

  /** Removes those that were moved. */
  int moved(@Param("target") String target, @Param("relays") String[] relays);

  /** All that waits for a run waits for another one now. */
  int forward(@Param("target") String target, @Param("to") String to);

  /**
   * A relay that was moved.
   *
   * @param position in the log of its target; null when the row says no more than that what waits
   *     for that run is to be judged
   * @param relay what was moved
   */
  record MovedRow(
      String targetRunId,
      @Nullable String owner,
      @Nullable String taskQueue,
      @Nullable Long position,
      @Nullable Instant createdAt,
      @Nullable RelayRow relay) {

    /** As it is read: what has no position has no relay. */
    MovedRow(
        String targetRunId,
        @Nullable String owner,
        @Nullable String taskQueue,
        @Nullable Long position,
        @Nullable Instant createdAt,
        String relayId,
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
      this(
          targetRunId,
          owner,
          taskQueue,
          position,
          createdAt,
          position == null
              ? null
              : new RelayRow(
                  relayId,
                  targetRunId,
                  sourceRunId,
                  type,
                  correlationId,
                  name,
                  otherRunId,
                  flag,
                  errorCode,
                  reason,
                  occurredAt,
                  payload,
                  payloadBytes,
                  payloadCodec));
    }

    Event toEvent() {
      Relay moved = Objects.requireNonNull(relay).toRelay();
      long at = Objects.requireNonNull(position);
      Instant time = Objects.requireNonNull(createdAt);
      return new Event(
          moved.target(),
          at,
          EventIds.of(moved.target(), at, time),
          time,
          moved.draft().occurredAt(),
          moved.draft().correlationId(),
          moved.id(),
          Event.NOT_BY_OWNER,
          moved.draft().fact());
    }
  }

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
