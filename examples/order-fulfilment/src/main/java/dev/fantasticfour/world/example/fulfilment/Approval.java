package dev.fantasticfour.world.example.fulfilment;

/** Whether a large order is to be fulfilled. */
public record Approval(boolean granted, String by) {}
