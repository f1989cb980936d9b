package dev.fantasticfour.world.postgres;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Reads of steps, hooks and waits. */
interface EntityMapper {

  @Nullable StepRow step(@Param("run") String run, @Param("step") String step);

  List<StepRow> steps(@Param("run") String run, @Param("page") Keyset page);

  @Nullable HookRow hook(@Param("run") String run, @Param("hook") String hook);

  @Nullable HookRow hookByToken(@Param("tokenHash") byte[] tokenHash);

  List<HookRow> hooks(@Param("run") @Nullable String run, @Param("page") Keyset page);

  List<WaitRow> waits(@Param("run") String run);

  /** All live hooks of a run, by creation. */
  List<HookRow> hooksOf(@Param("run") String run);

  /** All children of a run, by creation. */
  List<ChildRow> childrenOf(@Param("run") String run);

  List<ChildRow> children(@Param("run") String run, @Param("page") Keyset page);
}
