package dev.fantasticfour.world.test;

import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step whose body was run, or what stood in for it.
 *
 * @param run the id of the run
 * @param step the name of the step
 * @param input null where the step has none: its code stands in the workflow
 * @param attempt from 1
 * @param idempotencyKey the same for all attempts of a step
 */
public record StepCall<I>(
    String run, String step, @Nullable I input, int attempt, String idempotencyKey) {}
