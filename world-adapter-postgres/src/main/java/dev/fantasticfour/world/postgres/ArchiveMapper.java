package dev.fantasticfour.world.postgres;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The streams that are kept. */
interface ArchiveMapper {

  List<AnswerRow> archive(ArchiveCall call);

  List<PieceRow> archived(
      @Param("run") String run,
      @Param("hash") byte[] hash,
      @Param("from") long from,
      @Param("limit") int limit,
      @Param("bytes") long bytes);

  List<HeldRow> heldBy(@Param("workers") String[] workers);

  List<String> names(@Param("run") String run);

  /** What became of a section. */
  record AnswerRow(
      int section,
      String answer,
      long life,
      @Nullable Long base,
      @Nullable String @Nullable [] steps,
      @Nullable Integer @Nullable [] attempts,
      @Nullable Long @Nullable [] firsts) {}

  /** The current life of a stream. */
  record HeldRow(String runId, String name, long life, long missing) {}

  /** A stream and one of its chunks, or none. */
  record PieceRow(
      Long[] bases,
      boolean ended,
      @Nullable Long index,
      @Nullable String stepId,
      @Nullable Integer attempt,
      @Nullable Long restartedFrom,
      @Nullable String json,
      byte @Nullable [] bytes,
      @Nullable String codec) {}
}
