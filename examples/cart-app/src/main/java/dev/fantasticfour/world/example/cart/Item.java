package dev.fantasticfour.world.example.cart;

/**
 * Something that can be bought.
 *
 * @param cents what one piece costs, in whole cents: money is never a floating point number
 */
public record Item(String name, long cents) {}
