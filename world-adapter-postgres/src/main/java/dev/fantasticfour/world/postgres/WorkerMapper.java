package dev.fantasticfour.world.postgres;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Incarnations of processes and their leases. Intervals are literals. */
interface WorkerMapper {

  /** Forgets workers that are over. */
  int forget(@Param("rememberedFor") String rememberedFor, @Param("offset") String offset);

  @Nullable Instant register(
      @Param("worker") String worker,
      @Param("buildId") String buildId,
      @Param("lease") String lease,
      @Param("offset") String offset);

  @Nullable Instant beat(
      @Param("worker") String worker, @Param("lease") String lease, @Param("offset") String offset);

  @Nullable PulseRow beatAndJudge(
      @Param("worker") String worker,
      @Param("lease") String lease,
      @Param("judge") boolean judge,
      @Param("offset") String offset);

  int retire(@Param("worker") String worker);

  List<String> markDead(@Param("by") String by, @Param("offset") String offset);
}
