package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Who looks after which run, and when. Intervals and instants are literals. */
interface CustodyMapper {

  List<DueRow> due(
      @Param("asks") Asking asks,
      @Param("ahead") String ahead,
      @Param("limit") int limit,
      @Param("offset") String offset);

  List<String> standing(@Param("asks") Asking asks, @Param("limit") int limit);

  List<DueRow> unwatched(
      @Param("asks") Asking asks, @Param("limit") int limit, @Param("offset") String offset);

  /** Two lists: of {@link RunRow}, the runs; and of {@link EventRow}, the logs that are short. */
  List<List<?>> claim(
      @Param("asks") Asking asks, @Param("runs") String[] runs, @Param("shortLog") long shortLog);

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

  int nudge(@Param("run") String run);

  @Nullable TendedRow hold(
      @Param("run") String run,
      @Param("reason") @Nullable String reason,
      @Param("by") @Nullable String by,
      @Param("offset") String offset);

  @Nullable TendedRow letGo(@Param("run") String run);

  /** Who is to hear of a run. */
  record TendedRow(@Nullable String owner, String taskQueue) {

    RunCustody.Tended tended() {
      return new RunCustody.Tended(owner == null ? null : new WorkerId(owner), taskQueue);
    }
  }

  /**
   * A worker and what it does.
   *
   * @param workflows those it has code for
   * @param all whether it is about all of the task queue nevertheless
   * @param protocol the newest it reads
   */
  record Asking(String worker, String taskQueue, String[] workflows, boolean all, int protocol) {

    static Asking of(WorkerId worker, Work work) {
      return new Asking(
          worker.value(),
          Texts.storable(work.taskQueue()),
          work.workflows().toArray(String[]::new),
          work.ofAll(),
          work.protocol());
    }
  }

  /** A run to look at. */
  record DueRow(
      String runId, String workflow, long inMicros, @Nullable String owner, int lostAttempts) {}
}
