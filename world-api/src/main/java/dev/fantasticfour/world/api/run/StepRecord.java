package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step as the fold of the log sees it.
 *
 * @param id unique within its run only (ID-1)
 * @param name the stable name of the step type or of the inline step
 * @param branch path of the branch that called it, empty for the root; see law L6
 * @param attempt the number of the newest attempt that has begun, 0 before the first; an attempt of
 *     an inline step that was lost is begun again under the same number
 * @param failedAttempts how many attempts have failed
 * @param lostAttempts how many attempts came to nothing, as far as the log shows: their worker
 *     died, or gave them up, before they had ended. One that ran inline for less than a second
 *     leaves no trace
 * @param error of the latest failed attempt
 * @param startedAt of the first attempt, written once
 * @param retryAfter earliest next attempt, null unless it waits for one
 */
public record StepRecord(
    RunId run,
    String id,
    String name,
    String branch,
    StepStatus status,
    @Nullable Payload input,
    @Nullable Payload output,
    @Nullable Payload error,
    @Nullable String errorCode,
    int attempt,
    int failedAttempts,
    int lostAttempts,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable Instant retryAfter) {}
