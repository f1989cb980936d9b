package dev.fantasticfour.world.postgres;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Reads of {@code workflow_runs}. */
interface RunMapper {

  @Nullable RunRow run(@Param("run") String run);

  @Nullable RunRow runByKey(@Param("workflow") String workflow, @Param("keyHash") byte[] keyHash);

  List<RunRow> ended(@Param("runs") String[] runs);

  List<RunRow> runs(@Param("q") RunQuery query, @Param("page") Keyset page);

  List<RunRow> live(
      @Param("q") RunQuery query, @Param("phases") String[] phases, @Param("page") Keyset page);

  /** How many there are, counted no further than that. */
  long count(
      @Param("q") RunQuery query,
      @Param("phases") String @Nullable [] phases,
      @Param("most") int most);

  /** The comments of the indexes of runs that somebody asked for. */
  List<String> indexMarks();

  List<Count> counts();

  /** How many runs a workflow has in a status. */
  record Count(String workflow, String status, long runs) {}
}
