package dev.fantasticfour.world.postgres;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Reads of {@code workflow_runs}. */
interface RunMapper {

  @Nullable RunRow run(@Param("run") String run);

  @Nullable RunRow runByKey(@Param("workflow") String workflow, @Param("keyHash") byte[] keyHash);

  List<RunRow> ended(@Param("runs") String[] runs);

  List<RunRow> runs(
      @Param("workflow") @Nullable String workflow,
      @Param("status") @Nullable String status,
      @Param("unsuccessful") boolean unsuccessful,
      @Param("attributes") @Nullable String attributes,
      @Param("stalled") boolean stalled,
      @Param("page") Keyset page);

  List<RunRow> live(
      @Param("phase") String phase,
      @Param("workflow") @Nullable String workflow,
      @Param("stalled") boolean stalled,
      @Param("page") Keyset page);

  List<Count> counts();

  /** How many runs a workflow has in a status. */
  record Count(String workflow, String status, long runs) {}
}
