package dev.fantasticfour.world.core.engine.program;

import java.util.function.Supplier;

/**
 * Where a branch asks: one object for each kind of thing, and what they need of outside.
 *
 * @param definition with the bodies of inline steps
 * @param tokens secret ones, for hooks without a name
 */
record Requests(
    Steps steps,
    Waits waits,
    Hooks hooks,
    Updates updates,
    Signals signals,
    Definition<?, ?> definition,
    Supplier<String> tokens) {}
