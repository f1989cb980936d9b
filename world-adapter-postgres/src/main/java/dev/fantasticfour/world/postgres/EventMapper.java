package dev.fantasticfour.world.postgres;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Reads of the log. */
interface EventMapper {

  List<EventRow> history(
      @Param("run") String run, @Param("after") long after, @Param("limit") int limit);

  /** By run, in order within each. */
  List<EventRow> events(@Param("run") String run, @Param("page") Keyset page);

  @Nullable EventRow newest(@Param("run") String run, @Param("type") String type);

  @Nullable EventRow at(@Param("run") String run, @Param("position") long position);

  List<EventRow> byCorrelation(
      @Param("run") String run,
      @Param("correlationId") String correlationId,
      @Param("page") Keyset page);

  /**
   * The events of a batch.
   *
   * @param first position from which on an owner may have put it; null when others sent it
   * @param creation to what position it may have created the run
   */
  List<EventRow> ofBatch(
      @Param("run") String run,
      @Param("batch") String batch,
      @Param("first") @Nullable Long first,
      @Param("creation") long creation);

  /** The events at these positions, in order. */
  List<EventRow> allAt(@Param("run") String run, @Param("positions") Long[] positions);

  /** The events by others after a position and up to another. */
  List<EventRow> byOthers(
      @Param("run") String run, @Param("after") long after, @Param("upTo") long upTo);
}
