package dev.fantasticfour.world.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run shows under a name.
 *
 * @param value null when that was published
 * @param position of the event that published it: a later value has a greater one
 * @param publishedAt the store's clock
 */
public record PublishedState<T>(@Nullable T value, long position, Instant publishedAt) {}
