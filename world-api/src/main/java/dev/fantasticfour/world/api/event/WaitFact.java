package dev.fantasticfour.world.api.event;

/** What is said about a sleep or a timeout. */
public sealed interface WaitFact extends Fact
    permits Fact.WaitCreated, Fact.WaitCompleted, Fact.WaitCancelled {}
