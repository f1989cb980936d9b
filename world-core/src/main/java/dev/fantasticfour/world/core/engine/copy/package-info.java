/**
 * Runs that begin with what another run has behind it, or with what a file says: where its log is
 * cut, what of it the new run has, and under which ids. All of that is decided before anything is
 * written; the store does the rest in one unit.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.copy;

import org.jspecify.annotations.NullMarked;
