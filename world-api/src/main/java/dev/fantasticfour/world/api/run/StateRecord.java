package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run shows of itself under a name: the value that its code published last.
 *
 * @param name of the type of state
 * @param value null when that was published
 * @param position of the event that published it: a later value has a greater one
 * @param publishedAt the store's clock
 */
public record StateRecord(
    RunId run, String name, @Nullable Payload value, long position, Instant publishedAt) {}
