package dev.fantasticfour.world.api.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A child as the log of its parent tells. It is over here when the parent has been told of that,
 * which is a moment after it ended.
 *
 * @param run the parent
 * @param childId its id in the log of the parent
 * @param childRun its run; where that has handed over to others, the first of them
 * @param createdAt when the parent's log came to hold it
 * @param completedAt when the parent was told of its end; present exactly when it is over
 */
public record ChildRecord(
    RunId run,
    String childId,
    RunId childRun,
    String workflow,
    ClosePolicy closePolicy,
    ChildStatus status,
    Instant createdAt,
    @Nullable Instant completedAt) {}
