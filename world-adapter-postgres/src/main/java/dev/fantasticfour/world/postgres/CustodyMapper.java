package dev.fantasticfour.world.postgres;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Who looks after which run, and when. Intervals and instants are literals. */
interface CustodyMapper {

  List<DueRow> due(
      @Param("worker") String worker,
      @Param("taskQueue") String taskQueue,
      @Param("workflows") String @Nullable [] workflows,
      @Param("ahead") String ahead,
      @Param("limit") int limit,
      @Param("offset") String offset);

  List<String> standing(
      @Param("worker") String worker,
      @Param("taskQueue") String taskQueue,
      @Param("workflows") String @Nullable [] workflows,
      @Param("limit") int limit);

  List<DueRow> unwatched(
      @Param("worker") String worker,
      @Param("taskQueue") String taskQueue,
      @Param("workflows") String @Nullable [] workflows,
      @Param("limit") int limit,
      @Param("offset") String offset);

  List<RunRow> claim(
      @Param("worker") String worker,
      @Param("taskQueue") String taskQueue,
      @Param("runs") String[] runs);

  List<String> living(@Param("workers") String[] workers, @Param("offset") String offset);

  /** Returns the runs whose epoch holds. */
  List<String> reschedule(
      @Param("worker") String worker,
      @Param("release") boolean release,
      @Param("runs") String[] runs,
      @Param("epochs") Long[] epochs,
      @Param("seens") Long[] seens,
      @Param("dues") @Nullable String[] dues);

  int stall(
      @Param("worker") String worker,
      @Param("run") String run,
      @Param("epoch") long epoch,
      @Param("seen") long seen,
      @Param("cause") String cause,
      @Param("reason") String reason,
      @Param("retryAfter") String retryAfter,
      @Param("offset") String offset);

  int retry(@Param("run") String run);

  /** A run to look at. */
  record DueRow(
      String runId, String workflow, long inMicros, @Nullable String owner, int lostAttempts) {}
}
