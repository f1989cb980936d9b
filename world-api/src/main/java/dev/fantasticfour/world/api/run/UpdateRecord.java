package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request with an answer that somebody sent to a run.
 *
 * @param id unique within the run
 * @param name of the type of update
 * @param request null when it says nothing but its name
 * @param result of a completed one, null when it says nothing
 * @param error of a rejected or failed one
 * @param errorCode why, in a word
 * @param createdAt the store's clock, as of all times here
 * @param acceptedAt null when it was never taken
 * @param completedAt null while there is no answer
 */
public record UpdateRecord(
    RunId run,
    String id,
    String name,
    UpdateStatus status,
    @Nullable Payload request,
    @Nullable Payload result,
    @Nullable Payload error,
    @Nullable String errorCode,
    Instant createdAt,
    @Nullable Instant acceptedAt,
    @Nullable Instant completedAt) {}
