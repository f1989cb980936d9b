package dev.fantasticfour.world.example.agent;

/**
 * How a conversation ended.
 *
 * @param heard how many messages the customer has sent that were listened to
 */
public record Farewell(String customer, int heard) {}
