package dev.fantasticfour.world.api.event;

import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log of a run.
 *
 * @param position 1, 2, 3 … without a gap, given when the event was committed (law L2)
 * @param id {@code evnt_} and 26 characters; sorts as the position does
 * @param createdAt the store's clock at acceptance, strictly increasing within a run
 * @param occurredAt the writer's clock; what the workflow's own clock follows
 * @param correlationId the step, hook or wait it is about; null exactly for events about the run
 * @param batchId the batch it was appended with
 * @param seen for an event written by the owner: the last position its code had been told of;
 *     {@link #NOT_BY_OWNER} for everybody else's. See design, "Turn"
 */
public record Event(
    RunId run,
    long position,
    String id,
    Instant createdAt,
    Instant occurredAt,
    @Nullable String correlationId,
    String batchId,
    long seen,
    Fact fact) {

  /** The value of {@code seen} on events that the owner of the run did not write. */
  public static final long NOT_BY_OWNER = -1;

  /** Whether the owner of the run wrote it. */
  public boolean byOwner() {
    return seen != NOT_BY_OWNER;
  }

  /** The kind of event. */
  public EventType type() {
    return fact.type();
  }
}
