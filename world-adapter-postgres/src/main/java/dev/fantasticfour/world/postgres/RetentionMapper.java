package dev.fantasticfour.world.postgres;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** How long runs are kept. Intervals are literals. */
interface RetentionMapper {

  List<RuleRow> rules();

  @Nullable StandRow stand();

  void set(
      @Param("workflow") String workflow,
      @Param("completed") @Nullable String completed,
      @Param("failed") @Nullable String failed,
      @Param("cancelled") @Nullable String cancelled,
      @Param("keys") @Nullable String keys);

  void unset(@Param("workflow") String workflow);

  void plan(@Param("offset") String offset);

  void unplan();

  List<PageRow> expired(
      @Param("offset") String offset,
      @Param("afterTime") @Nullable Instant afterTime,
      @Param("afterRun") @Nullable String afterRun,
      @Param("look") int look,
      @Param("limit") int limit,
      @Param("events") long events);

  /** Writes down the keys that outlive those of the runs that may go. */
  int spend(@Param("offset") String offset, @Param("runs") String[] runs);

  List<String> pruneRuns(@Param("offset") String offset, @Param("runs") String[] runs);

  int keepRun(@Param("run") String run, @Param("offset") String offset);

  int leaveRun(@Param("run") String run);

  String eraseRun(@Param("run") String run);

  long countEnded(@Param("most") long most);

  @Nullable CursorRow beginRound(@Param("offset") String offset, @Param("within") String within);

  void endRound(
      @Param("offset") String offset,
      @Param("afterTime") @Nullable Instant afterTime,
      @Param("afterRun") @Nullable String afterRun,
      @Param("pause") String pause,
      @Param("deleted") int deleted,
      @Param("trouble") @Nullable String trouble);

  /** A rule. Times are in seconds. */
  record RuleRow(
      String workflow,
      @Nullable Long completed,
      @Nullable Long failed,
      @Nullable Long cancelled,
      @Nullable Long keys) {}

  /** How far the deleting has come. */
  record StandRow(
      Instant dueAt, @Nullable Instant lastPassAt, long deleted, @Nullable String trouble) {}

  /** A run that may go, or where the next page begins. */
  record PageRow(
      @Nullable String run,
      @Nullable String workflow,
      @Nullable String status,
      @Nullable Instant completedAt,
      @Nullable Instant nextTime,
      @Nullable String nextRun) {}

  /** Where a round goes on. */
  record CursorRow(
      String task,
      @Nullable Instant afterTime,
      @Nullable String afterRun,
      @Nullable String trouble) {}
}
