package dev.fantasticfour.world.core.engine.program;

/**
 * Where a branch asks: one object for each kind of thing.
 *
 * @param definition with the bodies of inline steps
 */
record Requests(
    Steps steps,
    Waits waits,
    Hooks hooks,
    Updates updates,
    Signals signals,
    Children children,
    Handover handover,
    Definition<?, ?> definition) {}
