package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.Audit.Deed;
import dev.fantasticfour.world.core.port.Audit.Entry;
import dev.fantasticfour.world.core.port.Audit.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code workflow_audit}. */
record AuditRow(
    String requestId,
    Instant at,
    String actor,
    String via,
    String action,
    @Nullable String target,
    @Nullable String filter,
    @Nullable String reason,
    String outcome,
    @Nullable String detail) {

  Entry toEntry() {
    return new Entry(
        at,
        new Deed(requestId, actor, via, action, target, filter, reason),
        Outcome.ofWord(outcome),
        detail);
  }
}
