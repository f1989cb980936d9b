package dev.fantasticfour.world.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer of append_v1: of the batches that stand, by their numbers from 1, what their callers
 * do not know. All arrays are null when none stands.
 *
 * @param oNow the store's clock
 * @param oRun the runs
 * @param oHook the hooks that tokens led to
 * @param oBase where the logs ended before
 * @param oLate microseconds from now to the time of the first event
 * @param oOwner who owns the runs now
 * @param oQueue the task queues of the runs
 */
record AppendRow(
    Instant oNow,
    Integer @Nullable [] oBatch,
    String @Nullable [] oRun,
    @Nullable String @Nullable [] oHook,
    Long @Nullable [] oBase,
    Long @Nullable [] oLate,
    @Nullable String @Nullable [] oOwner,
    String @Nullable [] oQueue) {

  /** How many batches stand. */
  int size() {
    return oBatch == null ? 0 : oBatch.length;
  }
}
