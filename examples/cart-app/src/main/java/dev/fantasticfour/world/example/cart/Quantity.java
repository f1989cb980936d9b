package dev.fantasticfour.world.example.cart;

/**
 * How many pieces of an item a customer wants.
 *
 * @param pieces zero takes the item out
 */
public record Quantity(Item item, int pieces) {}
