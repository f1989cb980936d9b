package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.run.StallCause;
import java.time.Duration;

/**
 * That a run cannot go on. Not a fact (law L1).
 *
 * @param cause what kind of reason
 * @param reason why, for people
 * @param retryAfter when somebody is to try it again
 */
public record Stall(StallCause cause, String reason, Duration retryAfter) {}
