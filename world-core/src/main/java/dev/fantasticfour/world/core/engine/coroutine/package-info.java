/**
 * The cooperative scheduler that lets one branch of a run go on at a time, and says exactly when
 * all of them wait. Knows nothing of workflows.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.coroutine;

import org.jspecify.annotations.NullMarked;
