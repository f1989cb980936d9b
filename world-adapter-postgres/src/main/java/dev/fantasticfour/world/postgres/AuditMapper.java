package dev.fantasticfour.world.postgres;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** What was done by hand. Intervals are literals. */
interface AuditMapper {

  int write(
      @Param("row") AuditRow row, @Param("keptFor") String keptFor, @Param("offset") String offset);

  List<AuditRow> audits(
      @Param("actor") @Nullable String actor,
      @Param("action") @Nullable String action,
      @Param("target") @Nullable String target,
      @Param("outcome") @Nullable String outcome,
      @Param("since") @Nullable Instant since,
      @Param("page") Keyset page);
}
