package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as the store sees it. The first group is the fold of the log; the second, after {@code
 * lastPosition}, is who looks after it and why it does not go on, which is no fact and may be lost
 * without changing a result (law L1).
 *
 * @param deploymentId the build that started it; the constant of the starter, never interpreted
 * @param specVersion the protocol the run was written with, at least 1
 * @param input null when the run was started without one, or when payloads were not asked for
 * @param output only in {@code COMPLETED}, and null even there when the workflow returned nothing
 * @param error only in {@code FAILED}
 * @param errorCode free text that classifies the error, such as {@code USER_ERROR}
 * @param reason why it was cancelled or terminated
 * @param runKey the caller's idempotency key, unique per workflow
 * @param inputHash SHA-256 of what the input under that key says, hexadecimal
 * @param attributes what the run is found by, possibly none; {@link AttributeKey#from} reads one
 * @param executionContext whatever the starter wanted kept beside the run, untouched
 * @param startedAt written once, at the first accepted {@code run_started}
 * @param completedAt present exactly in a final status
 * @param lastPosition position of the newest event, at least 1
 * @param owner the worker that may append as owner, null when nobody is
 * @param epoch how often ownership was taken; 0 = never claimed
 * @param dueAt when somebody has to look at it: null = when something is appended, {@link
 *     Instant#MIN} = now
 * @param lostAttempts owners that died since the log last grew
 * @param stalledAt since when it cannot go on; null when it can
 * @param stalledCause what kind of reason keeps it, present exactly when {@code stalledAt} is
 * @param stalledReason why, for people
 * @param unreadSignals how many signals its code had not taken when it ended; 0 for a run that goes
 *     on or was terminated, of which nobody knows
 * @param pin which builds may execute it; {@link Pin#AUTO} once it is settled
 * @param parent whose child it is, or null
 * @param predecessor the run in whose place it goes on, or null
 * @param deadline when it is, or was, to be asked to cancel itself; null when it never is
 * @param continuedTo the run that goes on in its place, of one that has handed over
 * @param origin the run with whose log it began, or null
 * @param hold who keeps it from going on, since when and why; null when nobody does
 */
public record RunRecord(
    RunId id,
    RunStatus status,
    String workflow,
    String deploymentId,
    int specVersion,
    String taskQueue,
    @Nullable Payload input,
    @Nullable Payload output,
    @Nullable Payload error,
    @Nullable String errorCode,
    @Nullable String reason,
    @Nullable String runKey,
    @Nullable String inputHash,
    Map<String, AttributeValue> attributes,
    @Nullable Payload executionContext,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    long lastPosition,
    @Nullable String owner,
    long epoch,
    @Nullable Instant dueAt,
    int lostAttempts,
    @Nullable Instant stalledAt,
    @Nullable StallCause stalledCause,
    @Nullable String stalledReason,
    int unreadSignals,
    Pin pin,
    @Nullable Parent parent,
    @Nullable Predecessor predecessor,
    @Nullable Instant deadline,
    @Nullable RunId continuedTo,
    @Nullable Origin origin,
    @Nullable Hold hold) {

  public RunRecord {
    attributes = Map.copyOf(attributes);
  }
}
