package dev.fantasticfour.world.postgres;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Which builds have which runs. Intervals are literals. */
interface BuildMapper {

  List<UseRow> uses(@Param("offset") String offset);

  int drain(@Param("build") String build, @Param("offset") String offset);

  int undrain(@Param("build") String build);

  List<String> open(
      @Param("workflow") @Nullable String workflow,
      @Param("pinnedTo") @Nullable String pinnedTo,
      @Param("after") @Nullable String after,
      @Param("limit") int limit);

  /**
   * Returns the runs that were pinned otherwise.
   *
   * @param to as it is written
   * @param moves whether owners of other builds lose them
   */
  List<String> repin(
      @Param("runs") String[] runs,
      @Param("to") @Nullable String to,
      @Param("moves") boolean moves);

  List<ChangeRow> changes(@Param("workflow") @Nullable String workflow);

  /** How a change is used. */
  record ChangeRow(
      String workflow,
      String changeId,
      Instant firstSeen,
      long taken,
      long notTaken,
      long undecided) {}

  /** How a build is used. */
  record UseRow(
      String build,
      int workers,
      long pinnedRuns,
      @Nullable Instant oldestPinned,
      boolean drained,
      @Nullable Instant lastLease,
      Instant asOf) {}
}
