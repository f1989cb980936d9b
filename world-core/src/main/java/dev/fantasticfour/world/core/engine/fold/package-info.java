/**
 * Calls that many share: what is asked for while a call is under way goes with the next one. Knows
 * nothing of what is called.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.fold;

import org.jspecify.annotations.NullMarked;
