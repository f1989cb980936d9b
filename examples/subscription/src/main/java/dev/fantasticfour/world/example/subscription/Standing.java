package dev.fantasticfour.world.example.subscription;

import java.time.Instant;

/**
 * What a subscription shows.
 *
 * @param paid how many periods are paid for
 * @param until when they end, and the next one is charged if there is one
 */
public record Standing(Plan plan, Status status, int paid, Instant until) {}
