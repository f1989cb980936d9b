package dev.fantasticfour.world.example.spring;

/**
 * What somebody orders.
 *
 * @param cents what it costs
 */
public record Order(String id, long cents) {}
