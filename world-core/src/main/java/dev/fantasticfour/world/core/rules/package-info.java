/**
 * What may happen to a run, as pure functions: no store, no clock, no thread. {@link
 * dev.fantasticfour.world.core.rules.Transitions} judges one event in one state, {@link
 * dev.fantasticfour.world.core.rules.BatchRules} a whole batch, {@link
 * dev.fantasticfour.world.core.rules.RunFold} turns a log into its views, and {@link
 * dev.fantasticfour.world.core.rules.LogGrammar} says whether a log is one that the rules allow.
 * Adapters ask them under their lock, the engine beforehand, the compatibility kit to compute what
 * it expects.
 */
@NullMarked
package dev.fantasticfour.world.core.rules;

import org.jspecify.annotations.NullMarked;
