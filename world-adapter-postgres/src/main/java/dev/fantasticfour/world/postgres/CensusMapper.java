package dev.fantasticfour.world.postgres;

import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** How everything stands. */
interface CensusMapper {

  CountsRow census(
      @Param("offset") String offset, @Param("most") long most, @Param("tables") String[] tables);

  /**
   * How everything stands.
   *
   * @param overdueMicros how long the one has waited that has for the longest, in microseconds
   * @param bytes names of tables with what they take, between commas, or null
   */
  record CountsRow(
      long open,
      long stalled,
      long failed,
      long overdue,
      long overdueMicros,
      long workers,
      @Nullable String bytes) {}
}
