package dev.fantasticfour.world.example.subscription;

import java.time.Instant;

/**
 * How a subscription ended.
 *
 * @param status {@link Status#CANCELLED} or {@link Status#LAPSED}
 * @param paid how many periods were paid for
 * @param until the end of the last of them
 */
public record Farewell(String subscriber, Status status, int paid, Instant until) {}
