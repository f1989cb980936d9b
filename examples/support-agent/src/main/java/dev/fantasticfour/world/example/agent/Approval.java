package dev.fantasticfour.world.example.agent;

/** Whether a tool may be used, this once. */
public record Approval(boolean granted, String by) {}
