/**
 * An agent that answers customers, for as long as they like: a conversation is one run, and each
 * message one update of it, whose answer is what the agent says. Read {@link
 * dev.fantasticfour.world.example.agent.AgentWorkflow} first, then {@link
 * dev.fantasticfour.world.example.agent.Agent}. It compiles against {@code world-api} and nothing
 * else; its tests run it on three kinds of stores.
 */
@NullMarked
package dev.fantasticfour.world.example.agent;

import org.jspecify.annotations.NullMarked;
