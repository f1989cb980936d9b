package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one step.
 *
 * @param number from 1
 * @param writer grows with every start of the body, also when an owner was lost: what streams are
 *     fenced by
 * @param timeout how long it may take, or null
 * @param streamUsed called before it writes to a stream of the run
 */
public record Attempt(
    RunId run,
    String stepId,
    String stepName,
    int number,
    int writer,
    @Nullable Duration timeout,
    Runnable streamUsed) {}
