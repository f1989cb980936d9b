package dev.fantasticfour.world.api.event;

/** What is said about a step. */
public sealed interface StepFact extends Fact
    permits Fact.StepCreated,
        Fact.StepStarted,
        Fact.StepRetrying,
        Fact.StepCompleted,
        Fact.StepFailed,
        Fact.StepCancelled {}
