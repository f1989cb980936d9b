package dev.fantasticfour.world.example.order;

/** One chunk of the live stream that packing writes. */
public record Progress(String item, int done, int of) {}
