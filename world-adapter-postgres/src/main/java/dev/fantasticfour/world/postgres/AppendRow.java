package dev.fantasticfour.world.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the answer of append_v1: what became of a batch, or an event to report with it.
 *
 * @param oRow {@code appended}, {@code repeated}, {@code busy}, or the letter of a refusal (see
 *     {@code Reduction}; besides, {@code r} = run key taken, {@code z} = stale); for an event
 *     {@code own} or {@code other}; {@code again} when somebody else took an id, a key or a token
 *     in between, so that nothing was done and every other row is void
 * @param oMarks what became of each draft: {@code K}, {@code C}, {@code U} as in {@code Reduction},
 *     {@code x} = token taken
 * @param oEvent the columns of an event as text
 */
record AppendRow(
    int oBatch,
    String oRow,
    @Nullable String oRun,
    @Nullable String oEntity,
    @Nullable String oOwner,
    @Nullable Long oEpoch,
    @Nullable String oQueue,
    @Nullable String oStatus,
    @Nullable String oExisting,
    @Nullable String oHash,
    @Nullable Long oWait,
    @Nullable Long oFirst,
    @Nullable Instant oAt,
    @Nullable String oMarks,
    String @Nullable [] oConflicts,
    String @Nullable [] oEvent) {

  /** Whether nothing was done, and the call is to be repeated. */
  boolean isVoid() {
    return oRow.equals("again");
  }

  /** The event in this row, which must hold one. */
  EventRow event() {
    if (oEvent == null) {
      throw new IllegalStateException("append_v1 left out an event");
    }
    return EventTexts.read(oEvent);
  }
}
