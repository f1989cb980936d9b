package dev.fantasticfour.world.example.subscription;

import java.time.Instant;

/**
 * What one period costs.
 *
 * @param period which one, from 0
 * @param due when it began
 */
public record Bill(String subscriber, int period, Instant due, long cents, String card) {}
