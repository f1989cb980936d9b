package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.StepCustody.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** What those who run queued steps say. */
interface HeartbeatMapper {

  /** Returns a row for each, in their order. */
  List<AnswerRow> heartbeat(
      @Param("offset") String offset,
      @Param("runs") String[] runs,
      @Param("steps") String[] steps,
      @Param("attempts") Integer[] attempts,
      @Param("says") Boolean[] says,
      @Param("json") @Nullable String[] json,
      @Param("bytes") byte @Nullable [][] bytes,
      @Param("codecs") @Nullable String[] codecs);

  @Nullable ProgressRow progress(@Param("run") String run, @Param("step") String step);

  /**
   * What a heartbeat is judged by.
   *
   * @param goesOn whether there is such a run and it has not ended
   * @param status null when there is no such step
   * @param kept whether what was said is kept, if anything was
   */
  record AnswerRow(
      boolean goesOn, @Nullable String status, @Nullable Integer attempt, boolean kept) {}

  /** How far a step has come. */
  record ProgressRow(
      int attempt,
      Instant at,
      @Nullable String json,
      byte @Nullable [] bytes,
      @Nullable String codec) {

    Progress toProgress() {
      return new Progress(
          attempt, at, Objects.requireNonNull(StoredPayload.read(json, bytes, codec)));
    }
  }
}
