package dev.fantasticfour.world.example.order;

/** What somebody outside decided about an order. */
public record Approval(boolean granted, String by) {}
