package dev.fantasticfour.world.example.spring;

/** What somebody decided about an order. */
public record Approval(boolean granted) {}
