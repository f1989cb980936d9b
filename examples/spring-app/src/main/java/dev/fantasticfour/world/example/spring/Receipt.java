package dev.fantasticfour.world.example.spring;

/** How an order ended: paid by a payment, or rejected. */
public record Receipt(String order, String outcome) {}
