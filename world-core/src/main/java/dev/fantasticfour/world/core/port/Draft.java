package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.event.Fact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event before the store gave it a position, an id and a time.
 *
 * @param correlationId the step, hook or wait it is about; null exactly for facts about the run,
 *     and in a batch for {@link Target.OfHook}
 * @param occurredAt the writer's clock, non-decreasing per writer and run
 */
public record Draft(@Nullable String correlationId, Instant occurredAt, Fact fact) {}
