package dev.fantasticfour.world.example.order;

/** What the payment service is asked for. */
public record Charge(String orderId, String hold, long cents) {}
