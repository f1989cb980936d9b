package dev.fantasticfour.world.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer of append_plain_v1: which batches stand. The arrays are null when none does.
 *
 * @param oNow the time of the first event of a batch
 * @param oBatch their numbers, from 1
 * @param oLate how many microseconds later the first event is, because the run has an event that is
 *     not before now
 * @param oQueue the task queues of their runs
 */
record PlainRow(
    Instant oNow,
    Integer @Nullable [] oBatch,
    Long @Nullable [] oLate,
    String @Nullable [] oQueue) {}
