package dev.fantasticfour.world.api.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sleep or a timeout. Waits are deleted when their run ends.
 *
 * @param resumeAt when it is due, kept to the millisecond at least
 */
public record WaitRecord(
    RunId run,
    String id,
    String name,
    WaitStatus status,
    Instant resumeAt,
    Instant createdAt,
    @Nullable Instant completedAt) {}
