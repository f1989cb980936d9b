package dev.fantasticfour.world.example.agent;

import org.jspecify.annotations.Nullable;

/**
 * What a model came to.
 *
 * @param text what it has said
 * @param call the tool it wants before it says more; null when it has said all
 */
public record Reply(String text, @Nullable ToolCall call) {}
